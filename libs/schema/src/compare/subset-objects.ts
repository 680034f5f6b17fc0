import { isObject, type Json } from '../json.ts';
import { cacheOf, spend } from '../work.ts';
import { seeded, SIMPLEST } from '../sample/choices.ts';
import { isEmpty } from '../shapes/expand.ts';
import { type Gap, gap, nested, unmet, witnesses } from './gap.ts';
import { exploreStrings, isDecidable, type StringTest } from '../regex/language.ts';
import { freshNames, mayBeNamed, sampleShape } from '../sample/sample.ts';
import {
  ANYTHING,
  fieldNames,
  fieldNode,
  Node,
  type ObjectShape,
  type StringShape,
} from '../shapes/shapes.ts';

/** What becomes of a field that the first schema accepts without naming it. */
export type Undeclared = 'sent' | 'absent';

interface Context {
  readonly compare: (from: Node, to: Node) => readonly Gap[];
  readonly undeclared: Undeclared;
}

/** Is every object of `from` one of `to`? */
export function objectGaps(from: ObjectShape, to: ObjectShape, context: Context): Gap[] {
  spend();
  const gaps: Gap[] = unmet(from, to).map(({ keyword }) =>
    gap(keyword, 'an object', keyword, () => someOf(from)),
  );
  const names = [...new Set([...fieldNames(from), ...fieldNames(to)])];
  gaps.push(...requiredGaps(from, to), ...countGaps(from, to, context));
  for (const name of names) gaps.push(...fieldGaps(from, to, name, name, context));
  gaps.push(...otherFieldGaps(from, to, names, context));
  gaps.push(...nameGaps(from, to, context));
  return gaps;
}

function requiredGaps(from: ObjectShape, to: ObjectShape): Gap[] {
  return [...to.required]
    .filter((name) => !from.required.has(name))
    .map((name) => ({
      ...gap('required', 'may be absent', 'is required', () => without(from, name)),
      path: [name],
    }));
}

function countGaps(from: ObjectShape, to: ObjectShape, { undeclared }: Context): Gap[] {
  const gaps: Gap[] = [];
  const least = Math.max(from.minProperties, from.required.size);
  if (least < to.minProperties) {
    const accepted = `at least ${to.minProperties} fields`;
    gaps.push(gap('minProperties', `from ${least} fields`, accepted, () => [ofCount(from, least)]));
  }
  const most = Math.min(from.maxProperties, closedCount(from, undeclared));
  if (most > to.maxProperties) {
    const sent = most === Infinity ? 'any number of fields' : `up to ${most} fields`;
    const accepted = `at most ${to.maxProperties} fields`;
    const more = Math.max(to.maxProperties + 1, least);
    gaps.push(gap('maxProperties', sent, accepted, () => [ofCount(from, more)]));
  }
  return gaps;
}

/** Fields that an object can have at most, since only named ones are accepted. */
function closedCount(shape: ObjectShape, undeclared: Undeclared): number {
  const closed = shape.facets.some(
    ({ patterns, additional }) => patterns.length === 0 && isEmpty(additional),
  );
  const open = shape.facets.every(
    ({ patterns, additional }) => patterns.length === 0 && isAnything(additional),
  );
  const counted = closed || (undeclared === 'absent' && open);
  if (!counted) return Infinity;
  return fieldNames(shape).filter((name) => !isEmpty(fieldNode(shape, name))).length;
}

function isAnything(node: Node): boolean {
  return (
    node.parts.every(({ schema }) => typeof schema === 'object' && isTrivial(schema)) &&
    node.fixed.length === 0
  );
}

function isTrivial(schema: object): boolean {
  return Object.keys(schema).length === 0;
}

/** What is at stake for the field `name`, reported at `key` (`*` for one that stands for others). */
function fieldGaps(
  from: ObjectShape,
  to: ObjectShape,
  name: string,
  key: string,
  { compare, undeclared }: Context,
): Gap[] {
  const node = fieldNode(from, name);
  const declared = from.facets.some((facet) => facet.properties.has(name));
  if (undeclared === 'absent' && !declared && isAnything(node)) return [];
  if (isEmpty(node) || !mayBeNamed(from, name)) return [];
  const accepted = fieldNode(to, name);
  if (accepted === ANYTHING) return [];
  const embed = embedding(from, name);
  if (isEmpty(accepted)) {
    const refused = gap('additionalProperties', 'may be present', 'is not accepted', () => [
      withAny(from, name),
    ]);
    return [{ ...refused, path: [key] }];
  }
  return compare(node, accepted).map((inner) => nested(inner, key, embed));
}

/**
 * Fields that neither side names: their names fall into classes by the patterns that match them;
 * every name of a class is treated alike, so one of each is looked at.
 */
function otherFieldGaps(
  from: ObjectShape,
  to: ObjectShape,
  named: readonly string[],
  context: Context,
): Gap[] {
  const sources = new Set(
    [...from.facets, ...to.facets].flatMap(({ patterns }) => patterns.map(([source]) => source)),
  );
  if (sources.size === 0) {
    const name = freshNames(from, named)[0] ?? freshNames({ ...from, names: [] }, named)[0];
    return name === undefined ? [] : fieldGaps({ ...from, names: [] }, to, name, '*', context);
  }
  const patterns = [...sources].map((source): StringTest => ({ kind: 'pattern', source }));
  const undecided = gap('patternProperties', 'an object', 'fields by pattern', () => someOf(from));
  if (!patterns.every(isDecidable)) return [undecided];
  const { names, complete } = nameClasses(named, patterns);
  const gaps = new Map<string, Gap>();
  for (const name of names) {
    for (const found of fieldGaps({ ...from, names: [] }, to, name, '*', context)) {
      gaps.set(`${found.path.join('/')} ${found.rule}`, found);
    }
  }
  return complete ? [...gaps.values()] : [...gaps.values(), undecided];
}

/** One name, not among `named`, for each set of patterns that a name can match. */
function nameClasses(
  named: readonly string[],
  patterns: readonly StringTest[],
): { readonly names: readonly string[]; readonly complete: boolean } {
  const cache = cacheOf<string, ReturnType<typeof nameClasses>>(nameClasses);
  const key = JSON.stringify([named, patterns]);
  let known = cache.get(key);
  if (known === undefined) {
    const found = new Map<string, string>();
    const taken: StringTest = { kind: 'values', values: named };
    const complete = exploreStrings([taken, ...patterns], (text, [isTaken, ...holds]) => {
      if (isTaken !== true && !found.has(holds.join())) found.set(holds.join(), text());
      return true;
    });
    cache.set(key, (known = { names: [...found.values()], complete }));
  }
  return known;
}

/** Does every name that a field of `from` may have satisfy `to`'s `propertyNames`? */
function nameGaps(from: ObjectShape, to: ObjectShape, { compare, undeclared }: Context): Gap[] {
  const gaps: Gap[] = [];
  for (const wanted of to.names) {
    if (from.names.some((node) => node.meaning === wanted.meaning)) continue;
    const inner: Gap[] = [];
    for (const name of fieldNames(from)) {
      if (isEmpty(fieldNode(from, name)) || !mayBeNamed(from, name)) continue;
      inner.push(...compare(stringNode({ values: [name] }), wanted));
    }
    for (const { pattern, node } of otherNames(from)) {
      if (isEmpty(node) || (undeclared === 'absent' && isAnything(node))) continue;
      const own = stringNode(pattern === undefined ? {} : { patterns: [pattern] });
      inner.push(
        ...compare(
          from.names.reduce((all, each) => all.and(each), own),
          wanted,
        ),
      );
    }
    gaps.push(
      ...inner.map((found) => ({
        ...found,
        rule: 'propertyNames',
        path: [],
        witnesses: witnesses(() => found.witnesses().map((name) => withAny(from, String(name)))),
      })),
    );
  }
  return gaps;
}

/** What fields that are not named may be: those of each pattern, and the rest. */
function otherNames(shape: ObjectShape): { pattern: string | undefined; node: Node }[] {
  const patterns = shape.facets.flatMap((facet) =>
    facet.patterns.map(([pattern, node]) => ({ pattern, node })),
  );
  const rest = shape.facets.reduce((node, facet) => node.and(facet.additional), ANYTHING);
  return [...patterns, { pattern: undefined, node: rest }];
}

function stringNode(restriction: Partial<StringShape>): Node {
  const shape: StringShape = {
    ...{ kind: 'string', opaque: [], minLength: 0, maxLength: Infinity, patterns: [], formats: [] },
    ...restriction,
  };
  return new Node([], [[shape]]);
}

function someOf(shape: ObjectShape): (Json | undefined)[] {
  return [SIMPLEST, ...[1, 2, 3, 4, 5, 6].map(seeded)].map((choices) =>
    sampleShape(shape, choices),
  );
}

function ofCount(shape: ObjectShape, count: number): Json | undefined {
  return sampleShape({ ...shape, minProperties: count, maxProperties: count });
}

/** Objects of `shape` that lack `name`. */
function without(shape: ObjectShape, name: string): Json[] {
  return someOf(shape).flatMap((value) => {
    if (!isObject(value)) return [];
    return [Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)) as Json];
  });
}

/** The simplest object of `shape` with something at `name`. */
function withAny(shape: ObjectShape, name: string): Json | undefined {
  return sampleShape({ ...shape, required: new Set([...shape.required, name]) });
}

/** Puts a witness at `name` into the simplest object of `shape`, which is made once. */
function embedding(shape: ObjectShape, name: string): (witness: Json) => Json | undefined {
  let base: Json | undefined;
  return (witness) => {
    base ??= withAny(shape, name) ?? sampleShape(shape);
    return isObject(base) ? ({ ...base, [name]: witness } as Json) : undefined;
  };
}
