import type { JsonataNode } from './ast.ts';

/**
 * Evaluations of a node inside another's that Step Functions allows: "Stack overflow error … Depth=101
 * max=100". Measured publicly (github.com/floci-io/floci/issues/2737); `1+1+…` of 200 terms fails.
 */
export const maxJsonataDepth = 100;

/**
 * How deep evaluating an expression gets, calls of its own functions not counted: those come on top
 * at run time. A chain `a and b and c …` is one level a term.
 */
export function jsonataDepth(root: JsonataNode): number {
  let deepest = 0;
  const left: [unknown, number][] = [[root, 0]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [value, above] = next;
    if (typeof value !== 'object' || value === null || value instanceof RegExp) continue;
    const isNode = !Array.isArray(value) && typeof (value as JsonataNode).type === 'string';
    const depth = isNode && evaluated((value as JsonataNode).type) ? above + 1 : above;
    deepest = Math.max(deepest, depth);
    for (const [key, child] of Object.entries(value)) {
      // A step's predicates are evaluated after it, beside it.
      left.push([child, key === 'stages' ? above : depth]);
    }
  }
  return deepest;
}

/** Stages of a path hold what is evaluated; they are not evaluated themselves. */
function evaluated(type: string): boolean {
  return type !== 'filter' && type !== 'index' && type !== 'operator';
}
