import type { JsonataNode } from '@harmony/engine/expressions';

/** Expressions that are known to give a value, by a text that equal expressions share. */
export type Presence = ReadonlyMap<string, JsonataNode>;

/** What the parser notes besides the expression itself. */
const NOTES = new Set([
  'position',
  'keepArray',
  'keepSingletonArray',
  'consarray',
  'thunk',
  'tuple',
]);
const FILTERS = new Set(['stages', 'predicate']);

const keys = new WeakMap<JsonataNode, string>();

/** Equal texts for expressions that read alike: `a[0].b` and `a[0].b`, wherever they stand. */
export function keyOf(node: JsonataNode): string {
  if (node.type === 'path') return pathKey(node.steps ?? []);
  let key = keys.get(node);
  if (key === undefined) keys.set(node, (key = textWithout(node, NOTES)));
  return key;
}

export function pathKey(steps: readonly JsonataNode[]): string {
  return steps.map(keyOf).join('.');
}

/** The expressions that a path goes through: of `a[0].b` itself, `a[0]` and `a`. */
export function partsOf(steps: readonly JsonataNode[]): JsonataNode[] {
  return steps.flatMap((step, index): JsonataNode[] => {
    const before = steps.slice(0, index);
    const whole: JsonataNode = { type: 'path', steps: [...before, step] };
    if (step['stages'] === undefined && step['predicate'] === undefined) return [whole];
    const plain = Object.fromEntries(
      Object.entries(step).filter(([name]) => !FILTERS.has(name)),
    ) as JsonataNode;
    return [{ type: 'path', steps: [...before, plain] }, whole];
  });
}

export function presenceOf(nodes: readonly JsonataNode[]): Presence {
  return new Map(nodes.map((node) => [keyOf(node), node]));
}

export function union(...all: readonly Presence[]): Presence {
  return new Map(all.flatMap((each) => [...each]));
}

export function intersection(left: Presence, right: Presence): Presence {
  return new Map([...left].filter(([key]) => right.has(key)));
}

function textWithout(value: unknown, left: ReadonlySet<string>): string {
  return JSON.stringify(value, (name, inner: unknown) => {
    if (left.has(name)) return undefined;
    if (inner instanceof RegExp) return String(inner);
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
