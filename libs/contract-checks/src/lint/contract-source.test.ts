import { expect, test } from 'vitest';
import { placeOfField } from './contract-source.ts';

const TEXT = `import { z } from 'zod';
// configuration: { note: 1 }
const account = z.object({
  id: z.string().regex(/^[{"'/]\\d{12}$/),
  nickname: z.string().optional(),
});
export const audit = defineContract({
  name: 'audit', // "payload": nothing
  payload: z.object({ account, 'odd-name': z.string() }),
  configuration: z.strictObject({
    note: z.string().default("configuration: { days: 1 }").describe(\`kind: \${1}\`),
    kind: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('mail'), to: z.string() }),
    ]),
    rows: z.array(z.object({ id: z.string() })).max(3),
    days: z.int(),
  }),
  output: z.object({ note: z.string(), days: z.int() }),
});
`;
const lineOf = (path: string) => {
  const { line, column } = placeOfField(path, { file: 'index.ts', text: TEXT });
  return TEXT.split('\n')[line - 1]?.slice(column - 1) ?? '';
};

test.each([
  ['configuration.note', /^note: z.string\(\).default/],
  ['configuration.kind', /^kind: z.discriminatedUnion/],
  ['configuration.kind.to', /^to: z.string/],
  ['configuration.rows[].id', /^id: z.string\(\) }/],
  ['configuration.days', /^days: z.int\(\),$/],
  ['payload.account.nickname', /^nickname:/],
  ['payload.account.id', /^id: z.string\(\).regex/],
  ['payload.odd-name', /^'odd-name'/],
])('%s is named where the contract writes it down', (path, text) => {
  expect(lineOf(path)).toMatch(text);
});

test('a field that is put together elsewhere is named by its file', () => {
  expect(placeOfField('payload.period.start', { file: 'index.ts', text: TEXT })).toEqual({
    ...{ file: 'index.ts', line: 1, column: 1 },
  });
  expect(placeOfField('payload.x', { file: 'index.ts', text: '' })).toMatchObject({ line: 1 });
});

test('a text that is no program is read to its end', () => {
  for (const text of ["'", '`${', '/[', '{{{((', '))}}', '/* ', 'a: {b: /x']) {
    expect(placeOfField('payload.b', { file: 'index.ts', text }).line).toBe(1);
  }
});
