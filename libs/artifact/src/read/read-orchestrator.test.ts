import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ArtifactError } from '../errors.ts';
import { readOrchestrator } from './read-orchestrator.ts';

/** Rendered by Harmony as it was before the format had a number; never written again. */
const FORMAT_1 = readFileSync(new URL('../../fixtures/format-1.json', import.meta.url), 'utf8');

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests damage it at any depth
const fixture = (): any => JSON.parse(FORMAT_1);

function refusal(definition: unknown): ArtifactError {
  try {
    readOrchestrator(definition);
  } catch (error) {
    if (error instanceof ArtifactError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('a definition of format 1, which has no number', () => {
  const read = readOrchestrator(fixture());

  test('is read: targets, switches, conditions, moments, waves, time', () => {
    expect(read.format).toBe(1);
    expect(read.targets.map(({ id }) => id)).toEqual([
      ...['source', 'sink', 'later', 'stubborn', 'off'],
    ]);
    expect(read.debug).toEqual({ skipDelays: false, only: null, disable: ['later'] });
    expect([...read.conditions]).toEqual([['c1', "kind = 'shop'"]]);
    expect(read.moments).toEqual(['from']);
    expect([read.waves, read.timeout]).toEqual([2, 7200]);
    expect([read.has('recordFailure'), read.has('readCause')]).toEqual([true, false]);
  });

  test('says which retry policy each target has', () => {
    const attempts = read.targets.map((target) => read.retriersOf(target)[0]?.MaxAttempts);
    expect(attempts).toEqual([3, 3, 3, 8, 3]);
  });

  test('keeps its names, whatever the states are called today', () => {
    expect(read.stateNamed('Execute (retry 2, wave 2)')).toEqual({
      ...{ role: 'execute', policy: 1, wave: 2 },
    });
    expect(read.stateNamed('Skip')).toEqual({ role: 'skip', policy: 0, wave: 1 });
    expect(read.stateNamed('Execute (wave 1)')).toBeUndefined();
    expect(read.stateNamed('Work')).toBeUndefined();
  });
});

describe('what is not understood is refused, with its path', () => {
  const damaged = (damage: (definition: ReturnType<typeof fixture>) => void) => {
    const definition = fixture();
    damage(definition);
    return refusal(definition);
  };
  const inject = 'States["Inject targets"].Result';
  type Damage = (definition: ReturnType<typeof fixture>) => void;

  test.each<[string, Damage, string]>([
    ['another first state', (d) => (d.StartAt = 'Begin'), 'StartAt'],
    [
      'a renamed first state',
      (d) => {
        d.StartAt = 'Inject';
        d.States.Inject = d.States['Inject targets'];
        delete d.States['Inject targets'];
      },
      'StartAt',
    ],
    [
      'no target list',
      (d) => delete d.States['Inject targets'].Result.targets,
      `${inject}.targets`,
    ],
    [
      'a target of another shape',
      (d) => (d.States['Inject targets'].Result.targets[1].delay = '60'),
      `${inject}.targets[1].delay`,
    ],
    [
      'an option that is not known',
      (d) => (d.States['Inject targets'].Result.targets[0].priority = 1),
      `${inject}.targets[0].priority`,
    ],
    [
      'two targets of one id',
      (d) => (d.States['Inject targets'].Result.targets[1].id = 'source'),
      `${inject}.targets[1].id`,
    ],
    [
      'a state that is not known',
      (d) => (d.States.Extra = { Type: 'Pass', End: true }),
      'States["Extra"]',
    ],
    [
      'a state that is not known, in a Map',
      (d) => (d.States['Run targets'].ItemProcessor.States.Extra = { Type: 'Pass' }),
      'States["Run targets"].ItemProcessor.States["Extra"]',
    ],
    [
      'a condition that is not there',
      (d) => (d.States['Check debug'].Assign.conditions = {}),
      `${inject}.targets[1].when`,
    ],
    [
      'a condition of another form',
      (d) => (d.States['Check debug'].Assign.conditions.c1 = '{% true %}'),
      'Assign.conditions.c1',
    ],
    ['a missing wave', (d) => delete d.States['Run targets (wave 2)'], `${inject}.targets[1]`],
    ['no time', (d) => delete d.TimeoutSeconds, 'TimeoutSeconds'],
    [
      'switches of another kind',
      (d) => (d.States['Inject targets'].Result.debug.only = 'all'),
      `${inject}.debug.only`,
    ],
  ])('%s', (_, damage, path) => {
    expect(damaged(damage)).toMatchObject({ code: 'ARTIFACT_UNREADABLE', path });
  });

  test.each([0, 3, '2', null])('format %j, by that number', (format) => {
    const error = damaged((d) => (d.States['Inject targets'].Result.format = format));
    expect(error.code).toBe('FORMAT_UNKNOWN');
    expect(error.message).toContain(`format ${JSON.stringify(format)} is not known`);
  });

  test.each([undefined, null, 'text', [], {}, { States: {} }])('%j', (definition) => {
    expect(refusal(definition).message).toMatch(/not a rendered orchestrator|States/);
  });
});
