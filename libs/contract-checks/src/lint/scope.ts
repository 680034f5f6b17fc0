import type { Fact, JsonType } from './fact.ts';
import { typesOf } from './read.ts';
import type { Presence } from './presence.ts';
import type { Reporter } from './reporter.ts';

/** What the expressions of one field can refer to. */
export interface Scope {
  /** `$` in JSONPath; `$states.input` in JSONata. */
  readonly input: Fact;
  readonly context: Fact;
  readonly variables: ReadonlyMap<string, Fact>;
  /** `$states.result`, `$states.errorOutput`. */
  readonly states: Readonly<Record<string, Fact>>;
  readonly reporter: Reporter;
  /** What conditions before this one have found to be there. */
  readonly present?: Presence;
  /** Where given: what each part of a template is, by its JSON pointer. */
  readonly parts?: Map<string, Fact>;
  /** JSON pointer of the field. */
  readonly pointer: string;
}

export function below(pointer: string, ...steps: readonly (string | number)[]): string {
  return (
    pointer +
    steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  );
}

/** Reports a value whose type surely does not fit its use. */
export function expectType(
  fact: Fact,
  allowed: readonly JsonType[],
  use: string,
  reference: string,
  scope: Scope,
): void {
  if (allowed.length === 1) scope.reporter.read(fact, { type: allowed[0] });
  const types = typesOf(fact);
  if (!types || types.some((type) => allowed.includes(type))) return;
  scope.reporter.problem(
    'error',
    'TYPE_MISMATCH',
    scope.pointer,
    `${use} takes ${article(allowed)}, but ${reference} is ${article(types)}${declaredAt(fact)}`,
  );
}

export function article(types: readonly JsonType[]): string {
  return types
    .map((type) => (type === 'null' ? type : `${/^[ao]/.test(type) ? 'an' : 'a'} ${type}`))
    .join(' or ');
}

export function declaredAt(fact: Fact): string {
  if (fact.kind !== 'declared') return '';
  return fact.absentAtTimes ? ` (${fact.path})` : ` (the contract's ${fact.path})`;
}
