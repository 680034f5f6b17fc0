/**
 * The nodes that jsonata's parser makes, as far as this folder reads them. The package's own type
 * leaves out half of the fields.
 */
export interface JsonataNode {
  type: string;
  value?: unknown;
  position?: number;
  steps?: JsonataNode[];
  arguments?: JsonataNode[];
  procedure?: JsonataNode;
  expressions?: JsonataNode[];
  lhs?: JsonataNode | [JsonataNode, JsonataNode][];
  rhs?: JsonataNode | [JsonataNode, JsonataNode][];
  condition?: JsonataNode;
  then?: JsonataNode;
  else?: JsonataNode;
  pattern?: JsonataNode;
  body?: JsonataNode;
  [other: string]: unknown;
}

/** Calls `visit` for every node of an expression; parents come before what is below them. */
export function visitNodes(root: JsonataNode, visit: (node: JsonataNode) => void): void {
  const seen = new Set<object>();
  const left: unknown[] = [root];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value !== 'object' || value === null || value instanceof RegExp) continue;
    if (seen.has(value)) continue;
    seen.add(value);
    if (!Array.isArray(value) && typeof (value as JsonataNode).type === 'string') {
      visit(value as JsonataNode);
    }
    for (const child of Object.values(value)) {
      if (typeof child === 'object' && child !== null) left.push(child);
    }
  }
}
