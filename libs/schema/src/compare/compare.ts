import type { Json, JsonSchema } from '../json.ts';
import { seeded } from '../sample/choices.ts';
import type { Difference } from './difference.ts';
import { SchemaDocument } from '../document.ts';
import type { Gap } from './gap.ts';
import { sample } from '../sample/sample.ts';
import { Node } from '../shapes/shapes.ts';
import { Subset } from './subset.ts';
import { pointerOf } from '../paths/pointer.ts';
import { isValid } from '../valid.ts';

/** Values tried at random before a difference counts as undecided. */
const MAX_SAMPLES = 200;

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
  /** Confirms a counterexample: valid under `from`, refused by `to`. Default: the own validator. */
  readonly confirm?: (value: Json) => boolean;
}

/**
 * Every reason why a value that is valid under `from` might be refused by `to`; none if each such
 * value is accepted. `breaking` differences carry a counterexample that was checked against both
 * schemas. What cannot be decided is `unknown`, never left out.
 */
export function compareSchemas(options: CompareOptions): Difference[] {
  const { closedWorld = false } = options;
  const from = new SchemaDocument(options.from);
  const to = new SchemaDocument(options.to);
  const root = (document: SchemaDocument) => new Node([{ document, schema: document.root }]);
  const gaps = new Subset(closedWorld ? 'absent' : 'sent').gaps(root(from), root(to));
  if (gaps.length === 0) return [];
  const confirm =
    options.confirm ??
    ((value: Json) => isValid(from, value) === true && isValid(to, value) === false);
  const differences = gaps.map((found) => toDifference(found, confirm));
  if (differences.some(({ verdict }) => verdict === 'breaking')) return differences;
  // Nothing confirmed: what the places suggest was not enough, so any value will do.
  const counterexample = closedWorld ? undefined : search(root(from), confirm);
  return differences.map((difference, index) =>
    counterexample !== undefined && index === 0
      ? { ...difference, verdict: 'breaking', counterexample }
      : difference,
  );
}

function toDifference(found: Gap, confirm: (value: Json) => boolean): Difference {
  const { path, rule, sent, accepted, witnesses } = found;
  const counterexample = smallest(witnesses.filter(confirm));
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
