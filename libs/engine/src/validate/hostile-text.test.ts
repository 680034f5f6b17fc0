import { describe, expect, it } from 'vitest';
import { validateDefinition } from './definition.ts';
import { validateText } from './text.ts';

const machine = (state: string) =>
  `StartAt: A\nStates:\n  A:\n    Type: Pass\n${state}    End: true\n`;

function firstError(source: string, path = 'machine.yaml') {
  const [error] = validateText(source, { path }).errors;
  return error;
}

describe('a definition in YAML', () => {
  it.each(['.nan', '.inf', '-.inf'])(
    'is refused where a number is %s, with its place',
    (number) => {
      expect(firstError(machine(`    Result: [1, ${number}]\n`))).toMatchObject({
        code: 'INVALID_JSON_DESCRIPTION',
        line: 5,
        column: 17,
        message: expect.stringContaining(`'${number}' is no number that JSON has`) as string,
      });
    },
  );

  it.each(['!Sub', '!Ref', '!!js/function'])('is refused where it has the tag %s', (tag) => {
    expect(firstError(machine(`    Comment: ${tag} text\n`))).toMatchObject({
      line: 5,
      message: expect.stringContaining(tag.replace('!!', 'tag:yaml.org,2002:')) as string,
    });
  });

  it('is refused where a key stands twice', () => {
    expect(firstError(machine('    Comment: a\n    Comment: b\n'))).toMatchObject({
      line: 6,
      message: "The key 'Comment' stands here twice",
    });
  });

  it('is refused where a value stands inside itself', () => {
    expect(firstError(machine('    Result: &a [*a, *a]\n'))?.message).toContain(
      "'*a' stands inside what it names",
    );
  });

  it('may name a part and use it again', () => {
    const source = machine('    Result: {one: &a [1], two: *a}\n');
    expect(validateText(source, { path: 'machine.yaml' }).errors).toEqual([]);
  });
});

describe('a text', () => {
  const json = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });

  it('may begin with a byte-order mark, in JSON and in YAML', () => {
    expect(validateText(`\uFEFF${json}`, { path: 'a.json' }).errors).toEqual([]);
    expect(validateText(`\uFEFF${machine('')}`, { path: 'a.yaml' }).errors).toEqual([]);
  });

  it('may have seven million characters in one of its own', () => {
    const long = json.replace('"Pass"', `"Pass","Comment":"${'x'.repeat(7_000_000)}"`);
    const { errors } = validateText(long, { path: 'a.json' });
    // It is read, and refused for its size.
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(/1048576|1,048,576|1 MB/),
    ]);
  });

  it.each([1_500, 5_000, 200_000])('that nests %i deep is refused by a message', (depth) => {
    const source = `{"StartAt": ${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(firstError(source, 'a.json')?.message).toMatch(/nest/);
  });

  it.each([5_000, 20_000])('whose blocks nest %i deep is refused by the same message', (depth) => {
    const source = `StartAt:\n${'- '.repeat(depth)}`;
    expect(firstError(source, 'a.yaml')?.message).toMatch(/nested too deep/);
  });

  it('of 10 MB is refused unread', () => {
    expect(firstError(' '.repeat(10_000_000), 'a.json')?.message).toContain('10000000 characters');
  });

  it('of 20,000 states has its findings where they stand', () => {
    const states = Array.from({ length: 20_000 }, (_, n) => `  S${String(n)}: {Type: Pas}\n`);
    const { errors } = validateText(`StartAt: S0\nStates:\n${states.join('')}`, { path: 'a.yaml' });
    const last = errors.findLast(({ pointer }) => pointer.startsWith('/States/S19999'));
    expect(last?.line).toBe(20_002);
  });
});

it('a definition of parts that are endless when written out is refused', () => {
  let value: unknown = [];
  for (let level = 0; level < 60; level++) value = [value, value];
  const [error] = validateDefinition({
    StartAt: 'A',
    States: { A: { Type: 'Pass', Result: value } },
  });
  expect(error?.code).toBe('INVALID_JSON_DESCRIPTION');
});
