import { describe, expect, test } from 'vitest';
import { readExpression } from './read-expression.ts';

const read = (text: string) => readExpression(text).fields.map(({ path }) => path.join('.'));
const problems = (text: string) => readExpression(text).problems.map(({ message }) => message);

describe('readExpression', () => {
  test.each([
    ["account.name = 'Shop'", ['account', 'account.name']],
    ['$exists(account.name) and count > 3', ['account', 'account.name', 'count']],
    ['regions[code = "eu"].name', ['regions', 'regions.code', 'regions.name']],
    ['($a := account; $a.name)', ['account', 'account.name']],
    ['$count(regions[$ in ["eu"]]) > 0', ['regions']],
    ['$filter(regions, function($r) { $r.code = kind })', ['regions', 'kind']],
    ['"eu" in regions.code ? a : b', ['regions', 'regions.code', 'a', 'b']],
    ['{"x": a}.x', ['a']],
    ['regions^(>code)[0]', ['regions', 'regions.code']],
    ['$.account', ['account']],
    ['true', []],
  ])('%s reads %j', (text, fields) => {
    expect(problems(text)).toEqual([]);
    expect(read(text)).toEqual(expect.arrayContaining(fields));
    expect(read(text).filter((field) => !fields.includes(field))).toEqual([]);
  });

  test('says where a field is named', () => {
    expect(readExpression('a = 1 and account.nmae').fields.at(-1)?.position).toBe(22);
  });

  test.each([
    ['account.name = ', 'Unexpected end'],
    ['a = 1) or (b', 'Syntax error'],
    ['$states.input', 'no variable or function $states'],
    ['$payload.a', 'no variable or function $payload'],
    ['$$.a', '$$ is not the payload'],
    ['a.%.b', 'parent'],
    ["$eval('a')", 'no variable or function $eval'],
  ])('%s is refused: %s', (text, message) => {
    expect(problems(text)[0]).toContain(message);
  });
});
