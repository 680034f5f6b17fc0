import { SchemaDocument } from '../document.ts';
import type { Json, JsonSchema } from '../json.ts';
import { pointerOf } from '../paths/pointer.ts';
import { InvalidSchema, readSchema } from '../read/index.ts';
import { seeded } from '../sample/choices.ts';
import { sample } from '../sample/sample.ts';
import { Node } from '../shapes/shapes.ts';
import { validator } from '../validator.ts';
import { spend, TooMuchWork, withCaches, within } from '../work.ts';
import type { Difference } from './difference.ts';
import type { Gap } from './gap.ts';
import { Subset } from './subset.ts';

/** Values tried at random before a difference counts as undecided. */
const MAX_SAMPLES = 200;

/** Steps of the comparison, of the search for counterexamples of all places, and of the random one. */
const STEPS = { compare: 10_000, witnesses: 6_000, search: 4_000 } as const;
/** What it costs to have ajv judge one value. */
const CONFIRM_STEPS = 10;
/** Characters of the schemas for which one step more is allowed: large ones take more, not too much. */
const CHARACTERS_A_STEP = 4;

export interface CompareOptions {
  /** JSON Schema of the values that are sent. */
  readonly from: JsonSchema;
  /** JSON Schema that must accept them. */
  readonly to: JsonSchema;
  /**
   * Are fields that `from` accepts only because it is open, without naming them, never sent?
   * Default false: such a field may hold anything, which is what the schema says.
   */
  readonly closedWorld?: boolean;
  /** Only what differs is asked for: no counterexamples are looked for, every verdict is `unknown`. */
  readonly unconfirmed?: boolean;
}

/**
 * Every reason why a value that is valid under `from` might be refused by `to`; none if each such
 * value is accepted. `breaking` differences carry a counterexample that ajv checked against both
 * schemas. What cannot be decided is `unknown`, never left out: a schema that cannot be read, and a
 * comparison that takes more steps than are allowed, among it.
 */
export function compareSchemas(options: CompareOptions): Difference[] {
  const [from, to] = [options.from, options.to].map(tryRead);
  for (const [side, read] of [
    ['sent', from],
    ['accepted', to],
  ] as const) {
    if (read instanceof InvalidSchema) return [undecided('$schema', unreadable(side, read))];
  }
  return withCaches(() => compareRead({ ...options, from, to } as CompareOptions));
}

function tryRead(schema: JsonSchema): JsonSchema | InvalidSchema {
  try {
    return readSchema(schema);
  } catch (error) {
    if (error instanceof InvalidSchema) return error;
    throw error;
  }
}

function unreadable(side: string, { message }: InvalidSchema): string {
  return `the schema of what is ${side} cannot be read: ${message}`;
}

function compareRead(options: CompareOptions): Difference[] {
  const { closedWorld = false, unconfirmed = false } = options;
  const [from, to] = [options.from, options.to].map((schema) => {
    return new Node([{ document: new SchemaDocument(schema), schema }]);
  }) as [Node, Node];
  const confirm = unconfirmed ? () => false : confirmation(options.from, options.to);
  let differences: Difference[];
  try {
    const size = JSON.stringify([options.from, options.to]).length;
    const gaps = within(STEPS.compare + size / CHARACTERS_A_STEP, () =>
      new Subset(closedWorld ? 'absent' : 'sent').gaps(from, to),
    );
    differences = within(STEPS.witnesses, () => gaps.map((found) => toDifference(found, confirm)));
  } catch (error) {
    differences = [undecided('bounds', reasonOf(error))];
  }
  const isSettled =
    differences.length === 0 || differences.some((each) => 'counterexample' in each);
  if (isSettled || unconfirmed || closedWorld) return differences;
  // Nothing confirmed: what the places suggest was not enough, so any value will do.
  const counterexample = orNothing(() => within(STEPS.search, () => search(from, confirm)));
  return differences.map((difference, index) =>
    counterexample !== undefined && index === 0
      ? { ...difference, verdict: 'breaking', counterexample }
      : difference,
  );
}

/** The whole value is where it cannot be decided. */
function undecided(rule: string, message: string): Difference {
  return { verdict: 'unknown', pointer: '', rule, sent: 'any value', accepted: message, message };
}

/** Why nothing was found; what is no bound is a fault and goes on. */
function reasonOf(error: unknown): string {
  if (error instanceof TooMuchWork) return `not compared to the end: ${error.message}`;
  if (error instanceof RangeError) return 'not compared to the end: it is nested too deeply';
  throw error;
}

function orNothing<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    reasonOf(error);
    return undefined;
  }
}

/** Valid for `from` and refused by `to`? False also where that takes too long to tell. */
function confirmation(from: JsonSchema, to: JsonSchema): (value: Json) => boolean {
  const sends = validator(from);
  const accepts = validator(to);
  return (value) => {
    spend(CONFIRM_STEPS);
    return orNothing(() => sends(value) && !accepts(value)) ?? false;
  };
}

function toDifference(found: Gap, confirm: (value: Json) => boolean): Difference {
  const { path, rule, sent, accepted } = found;
  const counterexample = orNothing(() => smallest(found.witnesses().filter(confirm)));
  const message = `${sent}, but ${/^(is|must)\b/.test(accepted) ? 'it ' : 'accepted is '}${accepted}`;
  return {
    verdict: counterexample === undefined ? 'unknown' : 'breaking',
    pointer: pointerOf(path),
    rule,
    sent,
    accepted,
    message: counterexample === undefined ? `${message} (could not be decided)` : message,
    ...(counterexample === undefined ? {} : { counterexample }),
  };
}

function smallest(values: readonly Json[]): Json | undefined {
  return values.reduce<Json | undefined>(
    (best, value) => (best === undefined || size(value) < size(best) ? value : best),
    undefined,
  );
}

function size(value: Json): number {
  return JSON.stringify(value).length;
}

function search(from: Node, confirm: (value: Json) => boolean): Json | undefined {
  for (let seed = 0; seed < MAX_SAMPLES; seed++) {
    const value = sample(from, seeded(seed));
    if (value !== undefined && confirm(value)) return value;
  }
  return undefined;
}
