import type { JsonataNode, PathAst } from '@harmony/engine/expressions';
import type { Fact } from './fact.ts';
import type { Presence } from './presence.ts';
import { readField } from './read.ts';

/** A state's input and variables, of which a Choice has found something to be there. */
export interface Known {
  readonly input: Fact;
  readonly variables: ReadonlyMap<string, Fact>;
}

/** `known` where all these JSONata expressions give a value. */
export function narrowByPresence(known: Known, presence: Presence): Known {
  let narrowed = known;
  for (const node of presence.values()) {
    const names = namesOf(node);
    if (names) narrowed = narrow(narrowed, names.root, names.path);
  }
  return narrowed;
}

/** `known` where all these JSONPaths lead to a value. */
export function narrowByPaths(known: Known, paths: readonly PathAst[]): Known {
  let narrowed = known;
  for (const { root, steps } of paths) {
    const path = steps.flatMap((step) =>
      step.kind === 'properties' && step.names.length === 1 ? step.names : [],
    );
    if (path.length < steps.length) continue;
    if (root.kind === 'input') narrowed = narrow(narrowed, undefined, path);
    if (root.kind === 'variable') narrowed = narrow(narrowed, root.name, path);
  }
  return narrowed;
}

/** `$states.input.a.b` is `a.b` of the input, `$x.a` is `a` of the variable x. */
function namesOf(node: JsonataNode) {
  const steps = node.type === 'path' ? (node.steps ?? []) : [node];
  const [first, ...rest] = steps;
  const isPlain = steps.every((step) => !step['stages'] && !step['predicate']);
  if (first?.type !== 'variable' || !isPlain) return undefined;
  if (rest.some(({ type }) => type !== 'name')) return undefined;
  const path = rest.map(({ value }) => String(value));
  if (first.value !== 'states') return { root: String(first.value), path };
  return path[0] === 'input' ? { root: undefined, path: path.slice(1) } : undefined;
}

function narrow(known: Known, variable: string | undefined, path: readonly string[]): Known {
  if (variable === undefined) return { ...known, input: withPresent(known.input, path) };
  const fact = known.variables.get(variable);
  if (!fact) return known;
  return {
    ...known,
    variables: new Map([...known.variables, [variable, withPresent(fact, path)]]),
  };
}

/** The fact with the field at the path, and all that it goes through, surely there. */
function withPresent(fact: Fact, [name, ...rest]: readonly string[]): Fact {
  if (name === undefined) return fact;
  const read = readField(fact, name);
  if (read.kind === 'absent' || read.fact.kind === 'unknown') return fact;
  const inner = withPresent(read.fact, rest);
  if (!read.maybe && inner === read.fact) return fact;
  const field = { fact: inner, maybe: false };
  if (fact.kind === 'object') return { ...fact, fields: new Map([...fact.fields, [name, field]]) };
  return { kind: 'object', fields: new Map([[name, field]]), base: fact };
}
