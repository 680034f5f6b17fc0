import type { Json } from '../src/json.ts';

/** Gives one of several, or a number below a bound; seeded by whoever makes it. */
export interface Choose {
  below(bound: number): number;
  of<T>(items: readonly T[]): T;
}

const names = ['a', 'b', 'c', '`d e`', 'list', 'inner'];
const numbers = ['0', '1', '2', '-1', '1.5', '10', '1e3'];
const texts = ['""', '"a"', '"abc"', '"x y"', '"1"', '"2024-01-02"'];
const binary = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '&',
  'and',
  'or',
  'in',
  '..',
];
const ofValue = [
  'sum',
  'count',
  'max',
  'min',
  'average',
  'string',
  'length',
  'trim',
  'uppercase',
  'lowercase',
  'number',
  'abs',
  'floor',
  'ceil',
  'boolean',
  'not',
  'exists',
  'keys',
  'spread',
  'merge',
  'reverse',
  'distinct',
  'type',
  'sort',
  'round',
  'sqrt',
  'formatBase',
  'base64encode',
  'zip',
  'encodeUrlComponent',
  'toMillis',
  'fromMillis',
  'join',
];
const ofTwo = [
  'append',
  'lookup',
  'join',
  'split',
  'contains',
  'substringBefore',
  'substringAfter',
  'substring',
  'power',
  'formatNumber',
  'pad',
  'zip',
  'round',
  'formatInteger',
  'parseInteger',
  'match',
];
const ofFunction = ['map', 'filter', 'single', 'reduce', 'each', 'sift', 'sort'];
const lambdas = [
  'function($v) { $v }',
  'function($v, $i) { $i }',
  'function($v, $i, $a) { $count($a) }',
  'function($x, $y) { $x + $y }',
  'function($x, $y) { $x > $y }',
  '$string',
  '$uppercase',
  '$sum',
  'function($v) { $v.a }',
  'function($v) { [$v, $v] }',
  'function($v)<n:n> { $v * 2 }',
];
const regexes = ['/a/', '/[a-c]+/i', '/(a)(b)?/', '/x*/', '/\\d/'];

/** An expression of any kind, most of them meaningful, of about the given size. */
export function randomExpression(choose: Choose, size: number): string {
  const part = (less = 2): string => randomExpression(choose, Math.floor(size / less) - 1);
  const step = (): string =>
    choose.of([
      () => choose.of(names),
      () => '*',
      () => '**',
      () => `(${part()})`,
      () => `$${choose.of(ofValue)}()`,
      () => choose.of(names),
      () => choose.of(names),
    ])();
  if (size <= 1) {
    return choose.of([
      () => choose.of(numbers),
      () => choose.of(texts),
      () => 'true',
      () => 'null',
      () => '$nothing',
      () => `$states.input.${choose.of(names)}`,
      () => '$states.input',
      () => '$v',
      () => '$',
      () => `$states.input.list.${choose.of(names)}`,
    ])();
  }
  return choose.of([
    () => `${part()} ${choose.of(binary)} ${part()}`,
    () => `${part()}.${step()}`,
    () => `${part()}.${step()}.${step()}`,
    () => `$states.input.list[${part()}].${choose.of(names)}`,
    () => `${part()}[${part()}]`,
    () => `${part()}[]`,
    () => `(${part()})`,
    () => `[${part()}, ${part()}]`,
    () => `[${part(1)}]`,
    () => `{${choose.of(texts)}: ${part()}, "k": ${part()}}`,
    () => `$states.input.list{$string(${choose.of(names)}): ${part()}}`,
    () => `${part(3)} ? ${part(3)} : ${part(3)}`,
    () => `($v := ${part()}; ${part()})`,
    () => `$${choose.of(ofValue)}(${part(1)})`,
    () => `$${choose.of(ofTwo)}(${part()}, ${part()})`,
    () => `$${choose.of(ofFunction)}(${part(1)}, ${choose.of(lambdas)})`,
    () => `$${choose.of(ofFunction)}($states.input.list, ${choose.of(lambdas)})`,
    () => `${part()} ~> $${choose.of(ofValue)}`,
    () => `${part()} ~> $${choose.of(ofFunction)}(${choose.of(lambdas)})`,
    () => `${part()}^(${choose.of(['', '<', '>'])}${choose.of(names)})`,
    () => `$states.input.list@$x.inner.{"x": $x.a, "i": ${choose.of(names)}}`,
    () => `$states.input.list#$i.{"i": $i, "a": ${part()}}`,
    () => `$states.input.list.inner.(%.${choose.of(names)})`,
    () => `$states.input ~> |${choose.of(['list', '**', 'inner', 'list[0]'])}|{"n": ${part()}}|`,
    () => `$states.input ~> |$|{"n": ${part()}}, ["a", "list"]|`,
    () =>
      `$replace(${part()}, ${choose.of([...regexes, '"a"'])}, ${choose.of(['"-"', '"[$0$1]"', 'function($m) { $m.match & "!" }'])})`,
    () => `$${choose.of(['match', 'split', 'contains'])}(${part()}, ${choose.of(regexes)})`,
    () => `(${choose.of(lambdas)})(${part()}, ${part()})`,
    () => `$substring(?, ${choose.of(numbers)})(${part()})`,
    () => `($f := function($n) { $n <= 0 ? ${part()} : $f($n - 1) }; $f(3))`,
    () => `-${part(1)}`,
    () =>
      `(${choose.of(['$uppercase', '$string', 'function($s) { $s & "1" }'])} ~> $length)(${part()})`,
  ])();
}

/** Data in which names occur as single values, in arrays and nested. */
export function randomData(choose: Choose, size: number): Json {
  const leaf = (): Json =>
    choose.of<Json>([0, 1, 2, -1.5, 'a', 'abc', '', 'x y', true, false, null, [], {}, '12']);
  if (size <= 0) return leaf();
  const inner = (): Json => randomData(choose, size - 1 - choose.below(2));
  const object = (): Json => ({
    a: inner(),
    ...(choose.below(2) === 0 && { b: leaf() }),
    ...(choose.below(2) === 0 && { inner: inner() }),
    ...(choose.below(3) === 0 && { 'd e': leaf() }),
  });
  return choose.of<() => Json>([
    object,
    () => ({ list: Array.from({ length: choose.below(4) }, object), c: leaf(), a: leaf() }),
    () => Array.from({ length: choose.below(4) }, inner),
    leaf,
  ])();
}
