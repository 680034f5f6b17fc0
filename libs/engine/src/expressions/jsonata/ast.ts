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
  expression?: JsonataNode;
  lhs?: JsonataNode | [JsonataNode, JsonataNode][];
  rhs?: JsonataNode | [JsonataNode, JsonataNode][];
  condition?: JsonataNode;
  then?: JsonataNode;
  else?: JsonataNode;
  pattern?: JsonataNode;
  update?: JsonataNode;
  delete?: JsonataNode;
  body?: JsonataNode;
  predicate?: Stage[];
  stages?: Stage[];
  group?: Grouping;
  terms?: SortTerm[];
  signature?: Signature;
  /** A tail call, to be made by whoever called the function that it ends. */
  thunk?: boolean;
  /** Names that a step binds: its item (`@$x`), the item's position (`#$i`), its parent (`%`). */
  focus?: string;
  index?: string;
  ancestor?: { label: string };
  slot?: { label: string };
  tuple?: boolean;
  consarray?: boolean;
  keepArray?: boolean;
  keepSingletonArray?: boolean;
  [other: string]: unknown;
}

/** A predicate of a step, or the binding of its position. */
export interface Stage {
  type: 'filter' | 'index';
  expr: JsonataNode;
  value: string;
}

/** Pairs of key and value, of an object constructor or of a grouping. */
export interface Grouping {
  lhs: [JsonataNode, JsonataNode][];
  position?: number;
}

export interface SortTerm {
  expression: JsonataNode;
  descending?: boolean;
}

/** Which arguments a function takes, e.g. `<s-nn?:s>`. */
export interface Signature {
  /** Checks the arguments and fills in the context. Throws T0410, T0411, T0412. */
  validate(args: readonly unknown[], context: unknown): unknown[];
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
