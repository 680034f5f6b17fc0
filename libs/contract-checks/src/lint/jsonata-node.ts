import { type JsonataNode, parseJsonata } from '@harmony/engine/expressions';

const nodes = new Map<string, JsonataNode>();
const MAX_NODES = 10_000;

/** A state is visited several times until its facts settle: each expression is parsed once. */
export function parsed(expression: string): JsonataNode {
  let node = nodes.get(expression);
  if (!node) {
    node = parseJsonata(expression);
    if (nodes.size >= MAX_NODES) nodes.clear();
    nodes.set(expression, node);
  }
  return node;
}

/** Steps as a person wrote them: `$states.input.payload`. */
export function textOf(steps: readonly JsonataNode[]): string {
  return steps
    .map((each) =>
      each.type === 'variable' ? `$${String(each.value)}` : String(each.value ?? '…'),
    )
    .join('.');
}

/** An operand as a message names it. */
export function describe(node: JsonataNode): string {
  if (node.type === 'path') return textOf(node.steps ?? []);
  if (node.type === 'variable') return `$${String(node.value)}`;
  if (node.type === 'string' || node.type === 'number' || node.type === 'value') {
    return JSON.stringify(node.value);
  }
  return 'an expression';
}

/** The nodes right below a node, whatever its type calls them. */
export function childrenOf(node: JsonataNode): JsonataNode[] {
  const children: JsonataNode[] = [];
  for (const value of Object.values(node)) {
    for (const child of [value].flat(2) as unknown[]) {
      if (
        typeof child === 'object' &&
        child !== null &&
        typeof (child as JsonataNode).type === 'string'
      ) {
        children.push(child as JsonataNode);
      }
    }
  }
  return children;
}
