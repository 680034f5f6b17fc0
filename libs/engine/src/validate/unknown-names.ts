import { visitNodes, type JsonataNode } from '../expressions/jsonata/ast.ts';
import { functionNames } from '../expressions/jsonata/function-names.ts';

/** A `$name` that nothing defines. */
export interface UnknownName {
  readonly name: string;
  /** It stands where a function is called. */
  readonly called: boolean;
}

/** The names that an expression reads and that neither it, JSONata nor an Assign defines. */
export function unknownNames(
  root: JsonataNode,
  variables: ReadonlySet<string>,
): readonly UnknownName[] {
  const read = new Map<string, boolean>();
  const bound = new Set<string>(['states', '', '$']);
  visitNodes(root, (node) => {
    if (node.type === 'bind') bound.add(String((node.lhs as JsonataNode | undefined)?.value));
    if (node.type === 'lambda')
      for (const name of node.arguments ?? []) bound.add(String(name.value));
    // `@$v` and `#$i` on a step
    for (const key of ['focus', 'index']) if (typeof node[key] === 'string') bound.add(node[key]);
    const isCall = node.type === 'function' || node.type === 'partial';
    if (isCall && node.procedure?.type === 'variable') read.set(String(node.procedure.value), true);
    if (node.type === 'variable' && !read.has(String(node.value))) {
      read.set(String(node.value), false);
    }
    if (node.type === 'index' && typeof node.value === 'string') bound.add(node.value);
  });
  return [...read]
    .filter(([name]) => !bound.has(name) && !variables.has(name) && !functionNames.has(name))
    .map(([name, called]) => ({ name, called }));
}
