import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract, JSONATA } from '../testing/greenhouse.ts';
import { readAccepted, withoutAccepted } from './acceptance.ts';
import { lintFile } from './lint-file.ts';

const FILE = 'apps/greenhouse/accepted-findings.json';
let root: string;
const path = () => join(root, 'apps/greenhouse/workflow.asl.yaml');
const lint = (deployed?: unknown) => lintFile({ root, path: path(), contract, deployed });

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'harmony-lint-'));
  await write('apps/greenhouse/workflow.asl.yaml', JSONATA);
  await write(
    'libs/contracts/greenhouse/src/index.ts',
    'export const greenhouse = defineContract({\n  configuration: z.strictObject({\n    note: z.string(),\n  }),\n});\n',
  );
});
afterAll(() => rm(root, { recursive: true, force: true }));

const NOTE = { code: 'FIELD_UNUSED', path: 'configuration.note' };
const TO = { code: 'FIELD_UNUSED', path: 'configuration.kind.to' };
const reason = 'Read by the handler, through the whole input.';

describe('what a team accepts of a child', () => {
  test('unused fields point at the line of the contract that declares them', async () => {
    const { findings } = await lint();
    expect(findings).toContainEqual(
      expect.objectContaining({
        ...NOTE,
        ...{ file: 'libs/contracts/greenhouse/src/index.ts', line: 3, column: 5 },
      }),
    );
  });

  test('a finding comes once, though the deployed state machine has it too', async () => {
    const once = (await lint()).findings;
    const definition: unknown = (await import('yaml')).parse(JSONATA);
    expect((await lint(definition)).findings).toEqual(once);
  });

  test('an accepted finding is left out, and listed as accepted', async () => {
    await write(FILE, JSON.stringify([{ ...NOTE, reason }]));
    const { findings, accepted } = await lint();
    expect(findings.map(({ code, path: at }) => [code, at])).toEqual([[TO.code, TO.path]]);
    expect(accepted).toMatchObject([NOTE]);
  });

  test('an acceptance that matches nothing any more is itself a finding', async () => {
    const gone = { code: 'FIELD_OPTIONAL', path: '/States/Gone/Output' };
    await write(
      FILE,
      JSON.stringify([
        { ...NOTE, reason },
        { ...TO, reason },
        { ...gone, reason },
      ]),
    );
    expect((await lint()).findings).toMatchObject([
      { code: 'ACCEPTANCE_UNUSED', path: gone.path, file: FILE, severity: 'warning' },
    ]);
  });

  test.each([
    ['no list', '{}', "isn't a list"],
    ['no JSON', '[', "isn't JSON"],
    ['no reason', JSON.stringify([NOTE]), '[0] has no reason'],
    ['an empty reason', JSON.stringify([{ ...NOTE, reason: ' ' }]), '[0] has no reason'],
    ['no path', JSON.stringify([{ code: 'FIELD_UNUSED', reason }]), '[0] has no path'],
    ['null', '[null]', '[0] has no code'],
  ])('a file with %s is refused by its name', async (_, text, says) => {
    await write(FILE, text);
    await expect(lint()).rejects.toThrow(`${FILE}: `);
    await expect(lint()).rejects.toThrow(says);
    await expect(lint()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

test('an error may be accepted as a warning may', () => {
  const error = { code: 'X', severity: 'error', path: '/a', message: '' } as const;
  const accepted = readAccepted(JSON.stringify([{ code: 'X', path: '/a', reason }]), FILE);
  expect(withoutAccepted([error], accepted)).toEqual({ left: [], accepted: [error], stale: [] });
  expect(withoutAccepted([error], undefined).left).toEqual([error]);
});
