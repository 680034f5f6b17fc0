import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildCoverage, mergeCoverage, unreachedLines } from './child-coverage.ts';
import { cobertura } from './cobertura.ts';
import { lcov } from './lcov.ts';
import { belowMinimum, parseMinimum, shownPercent } from './minimum.ts';
import { readCoverage } from './read-coverage.ts';
import { COVERAGE_FOLDER, definitionHash, type ReachedPlace, writeCoverage } from './record.ts';

const text = `StartAt: Which?
States:
  Which?:
    Type: Choice
    Choices:
      - Variable: $.a
        IsPresent: true
        Next: Both
    Default: Both
  Both:
    Type: Parallel
    Branches:
      - StartAt: In
        States:
          In: { Type: Pass, End: true }
    End: true
`;
const choice = '/States/Which?';
const place = (kind: ReachedPlace['kind'], pointer: string, count: number): ReachedPlace => ({
  ...{ kind, pointer, count },
});
const places = [
  place('state', choice, 2),
  place('rule', `${choice}/Choices/0`, 0),
  place('expression', `${choice}/Choices/0/Variable`, 2),
  place('rule', `${choice}/Default`, 2),
  place('state', '/States/Both', 2),
  place('branch', '/States/Both/Branches/0', 2),
  place('state', '/States/Both/Branches/0/States/In', 0),
];
const file = 'apps/fork/workflow.asl.yaml';
const fork = (of: readonly ReachedPlace[] = places): ChildCoverage => ({
  ...mergeCoverage('fork', file, text, [{ places: of }]),
  unusedMocks: [],
});

describe('coverage of a definition', () => {
  it('stands on the lines of its text', () => {
    expect(unreachedLines(fork())).toEqual([
      `${file}:6:9: rule Which?: Choices[0]`,
      `${file}:15:11: state In`,
    ]);
    expect(unreachedLines(fork(), ['branch', 'state'])).toEqual([`${file}:15:11: state In`]);
    expect(fork().totals).toMatchObject({
      state: { reached: 2, total: 3 },
      rule: { reached: 1, total: 2 },
      catcher: { reached: 0, total: 0 },
      branch: { reached: 1, total: 1 },
    });
  });

  it('adds up what several test files reached', () => {
    const others = places.map(({ kind, pointer, count }) => place(kind, pointer, count === 0 ? 3 : 0));
    const merged = mergeCoverage('fork', file, text, [{ places }, { places: others }]);
    expect(unreachedLines(merged)).toEqual([]);
    expect(merged.places.map(({ count }) => count).sort()).toEqual([2, 2, 2, 2, 2, 3, 3]);
  });

  it('is a tracefile as lcov reads it', () => {
    expect(lcov([fork()]).split('\n')).toEqual([
      ...['TN:', `SF:${file}`, 'FN:3,Which?', 'FN:10,Both', 'FN:15,In'],
      ...['FNDA:2,Which?', 'FNDA:2,Both', 'FNDA:0,In', 'FNF:3', 'FNH:2'],
      ...['BRDA:6,0,0,0', 'BRDA:9,0,1,2', 'BRDA:13,0,2,2', 'BRF:3', 'BRH:2'],
      // A line is as good as what it leaves out: the rule on line 6 was tested, never taken.
      ...['DA:3,2', 'DA:6,0', 'DA:9,2', 'DA:10,2', 'DA:13,2', 'DA:15,0', 'LF:6', 'LH:4'],
      ...['end_of_record', ''],
    ]);
  });

  it("is Cobertura's XML", () => {
    const xml = cobertura([fork()], 1_000);
    expect(xml).toContain('line-rate="0.6666" branch-rate="0.6666" lines-covered="4"');
    expect(xml).toContain(`<class name="fork" filename="${file}"`);
    expect(xml).toContain(
      '<line number="6" hits="0" branch="true" condition-coverage="0% (0/1)"/>',
    );
    expect(xml).toContain('<line number="10" hits="2" branch="false"/>');
  });
});

describe('the least that tests must reach', () => {
  it.each([
    ['90', { state: 90, rule: 90, catcher: 90, retrier: 90, branch: 90, expression: 90 }],
    ['rules=99.5', { rule: 99.5 }],
    ['101', undefined],
    ['rule=1', undefined],
    ['constructor=1', undefined],
    ['', undefined],
    ['-1', undefined],
    ['rules=', undefined],
  ])('%j', (written, minimum) => {
    expect(parseMinimum(written)).toEqual(minimum);
  });

  it('is asked of each kind, and met by a kind that the definition does not have', () => {
    const findings = belowMinimum(fork(), { state: 66, rule: 51, catcher: 100 });
    expect(findings).toMatchObject([{ code: 'COVERAGE_TOO_LOW', path: 'fork', file }]);
    expect(findings[0]?.message).toBe(
      'the tests reach 1 of 2 rules, 50 %, and 51 % are asked for',
    );
    expect(shownPercent(99.99)).toBe('99.9 %');
  });
});

describe('what tests leave behind', () => {
  let root: string;
  const folder = () => join(root, 'apps/fork');
  const mocks = [{ testCase: 'HappyPath', state: 'Ask' }];
  const record = { test: 'test/a.test.ts', definition: definitionHash(text), places, mocks };
  const again = { ...record, test: 'test/b.test.ts', mocks: [{ testCase: 'Denied', state: 'Ask' }] };
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'coverage-'));
    await mkdir(join(folder(), 'test'), { recursive: true });
    await writeFile(join(root, file), text);
    await writeFile(join(folder(), 'test/a.test.ts'), '');
  });
  afterAll(() => rm(root, { recursive: true }));

  it('is asked for where nothing ran', async () => {
    await expect(readCoverage(root, file)).rejects.toThrow(
      'fork: no test has run its state machine. Run its tests: npx nx test fork',
    );
  });

  it('counts once however often the tests run, and not for a test that is gone', async () => {
    writeCoverage(folder(), record);
    writeCoverage(folder(), record);
    writeCoverage(folder(), again);
    const coverage = await readCoverage(root, file);
    expect(coverage).toEqual(fork());
    await writeFile(join(folder(), 'test/b.test.ts'), '');
    const both = await readCoverage(root, file);
    expect(both.places[0]?.count).toBe(4);
  });

  it('tells which mocks answered in none of the tests', async () => {
    const cases = { HappyPath: { Ask: 'A', Tell: 'A' }, Denied: { Ask: 'A' }, Never: { Ask: 'A' } };
    const configuration = { StateMachines: { fork: { TestCases: cases }, other: {} } };
    await writeFile(join(folder(), 'mocks.json'), JSON.stringify(configuration, null, 2));
    await writeFile(join(folder(), 'test/b.test.ts'), '');
    const { unusedMocks } = await readCoverage(root, file);
    const place = { file: 'apps/fork/mocks.json', column: 11 };
    expect(unusedMocks).toEqual([
      { testCase: 'HappyPath', state: 'Tell', line: 7, ...place },
      { testCase: 'Never', state: 'Ask', line: 13, ...place },
    ]);
    await rm(join(folder(), 'mocks.json'));
  });

  it('is refused once the definition has changed', async () => {
    await writeFile(join(root, file), `${text}# changed\n`);
    await expect(readCoverage(root, file)).rejects.toThrow(
      `fork: ${file} has changed since test/a.test.ts ran.`,
    );
  });

  it.each([
    'x',
    'null',
    '{}',
    JSON.stringify({ ...record, places: [{ kind: 'toString', pointer: '', count: 1 }] }),
    JSON.stringify({ ...record, places: [null] }),
    JSON.stringify({ ...record, mocks: undefined }),
    JSON.stringify({ ...record, mocks: [{ state: 1 }] }),
  ])('is refused by name where it is something else: %s', async (content) => {
    await writeFile(join(folder(), COVERAGE_FOLDER, 'z.json'), content);
    await expect(readCoverage(root, file)).rejects.toThrow(
      `apps/fork/${COVERAGE_FOLDER}/z.json is not what a child's tests write`,
    );
  });
});
