/** All that CloudFormation is given of a stack; its assets are in the template, by their hashes. */
export interface StackContent {
  readonly template: unknown;
  readonly terminationProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /**
   * Of a stack that is deployed: a status that says it was not made as its template has it, such as
   * `ROLLBACK_COMPLETE`.
   */
  readonly unfinished?: string;
}

/** One thing in which a stack differs from what it is compared with. */
export interface Difference {
  readonly change: 'added' | 'changed' | 'removed';
  /** `the stack`, `AWS::Lambda::Function CheckInput`, `termination protection`, … */
  readonly what: string;
}

/** In what a stack differs from the one that is there; in nothing, where it would change nothing. */
export function differences(before: StackContent | undefined, after: StackContent): Difference[] {
  if (before === undefined) return [{ change: 'added', what: 'the stack' }];
  const found = [
    ...partDifferences(before.template, after.template),
    ...(before.terminationProtection === after.terminationProtection
      ? []
      : [{ change: 'changed' as const, what: 'termination protection' }]),
    ...(isEqual(lasting(before.tags), lasting(after.tags))
      ? []
      : [{ change: 'changed' as const, what: 'tags' }]),
  ];
  if (before.unfinished === undefined) return found;
  return [{ change: 'changed', what: `the stack, which is in ${before.unfinished}` }, ...found];
}

/** Without the commit that a stack was synthesised from: a new one alone changes nothing in it. */
function lasting({ commit: _commit, ...tags }: StackContent['tags']): StackContent['tags'] {
  return tags;
}

function partDifferences(before: unknown, after: unknown): Difference[] {
  const [old, next] = [members(before), members(after)];
  const resources = memberDifferences(
    members(old['Resources']),
    members(next['Resources']),
    (id, resource) => `${String(members(resource)['Type'] ?? 'resource')} ${id}`,
  );
  const { Resources: _old, ...oldRest } = old;
  const { Resources: _next, ...nextRest } = next;
  return [
    ...resources,
    ...memberDifferences(oldRest, nextRest, (name) => `the template's ${name}`),
  ];
}

type Members = Readonly<Record<string, unknown>>;

function memberDifferences(
  before: Members,
  after: Members,
  describe: (name: string, value: unknown) => string,
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name): Difference[] => {
    const [old, next] = [before[name], after[name]];
    if (isEqual(old, next)) return [];
    const change = old === undefined ? 'added' : next === undefined ? 'removed' : 'changed';
    return [{ change, what: describe(name, next ?? old) }];
  });
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}

/** Equal as JSON: the order of members says nothing, that of lists does. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Members, b as Members];
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isEqual(left[name], right[name]))
  );
}
