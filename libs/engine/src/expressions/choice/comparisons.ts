import type { Json } from '../../json.ts';
import { compareInstants, parseTimestamp } from './timestamp.ts';
import { wildcardMatches } from './wildcard.ts';

/** Whether a value at `Variable` meets the operand. A value of another type never does. */
export type ComparisonTest = (value: Json, operand: Json) => boolean;

type Order = (order: number) => boolean;

const orders: Readonly<Record<string, Order>> = {
  Equals: (order) => order === 0,
  LessThan: (order) => order < 0,
  GreaterThan: (order) => order > 0,
  LessThanEquals: (order) => order <= 0,
  GreaterThanEquals: (order) => order >= 0,
};

function strings(test: Order): ComparisonTest {
  return (value, operand) =>
    typeof value === 'string' &&
    typeof operand === 'string' &&
    test(value < operand ? -1 : value > operand ? 1 : 0);
}

function numbers(test: Order): ComparisonTest {
  return (value, operand) =>
    typeof value === 'number' && typeof operand === 'number' && test(value - operand);
}

/** What a `Numeric…Path` finds is turned into a number: false, null and structures count as 0. */
function toNumber(operand: Json): number {
  const number = typeof operand === 'object' ? 0 : Number(operand);
  return Number.isFinite(number) ? number : 0;
}

function timestamps(test: Order): ComparisonTest {
  return (value, operand) => {
    const left = parseTimestamp(value);
    const right = parseTimestamp(operand);
    return left !== undefined && right !== undefined && test(compareInstants(left, right));
  };
}

const booleanEquals: ComparisonTest = (value, operand) =>
  typeof value === 'boolean' && value === operand;

/** `Is…: false` is the opposite of `Is…: true`. */
function is(test: (value: Json) => boolean): ComparisonTest {
  return (value, operand) => test(value) === operand;
}

/**
 * Every comparison operator by its field name, `…Path` forms included (Amazon States Language,
 * "Choice State: data-test expression"). IsPresent stands here for its name only: it is about the
 * path, not about a value.
 */
export const comparisonTests: ReadonlyMap<string, ComparisonTest> = new Map([
  ...Object.entries(orders).flatMap(([name, order]): [string, ComparisonTest][] => [
    ...withPath(`String${name}`, strings(order)),
    [`Numeric${name}`, numbers(order)],
    [`Numeric${name}Path`, (value, operand) => numbers(order)(value, toNumber(operand))],
    ...withPath(`Timestamp${name}`, timestamps(order)),
  ]),
  ...withPath('BooleanEquals', booleanEquals),
  [
    'StringMatches',
    (value, operand) =>
      typeof value === 'string' && typeof operand === 'string' && wildcardMatches(operand, value),
  ],
  ['IsNull', is((value) => value === null)],
  ['IsString', is((value) => typeof value === 'string')],
  ['IsNumeric', is((value) => typeof value === 'number')],
  ['IsBoolean', is((value) => typeof value === 'boolean')],
  ['IsTimestamp', is((value) => parseTimestamp(value) !== undefined)],
  ['IsPresent', () => true],
] satisfies [string, ComparisonTest][]);

function withPath(name: string, test: ComparisonTest): [string, ComparisonTest][] {
  return [
    [name, test],
    [`${name}Path`, test],
  ];
}
