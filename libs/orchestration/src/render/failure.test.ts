import { STATE } from '@harmony/artifact';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Engine, virtualClock } from '@harmony/engine';
import { evaluate } from '../testing/evaluate.ts';
import { recordFailureStates, recordingCatchers } from './failure.ts';
import type { Records } from './records.ts';

const FULL: Records = { full: true, parses: true, errorLimit: 256, causeLimit: 1_000 };

/** What the states record, run as they are rendered. */
async function recordWith(records: Records, input: Record<string, string | number>) {
  const states = recordFailureStates(records, 1);
  const [StartAt = ''] = Object.keys(states);
  const engine = new Engine({
    clock: virtualClock(0),
    runTask: () => Promise.reject(new Error('there is no task')),
  });
  const definition = { QueryLanguage: 'JSONPath', StartAt, States: states };
  engine.addStateMachine({
    ...{ arn: 'arn:machine', name: 'machine', roleArn: 'arn:role' },
    definition: JSON.parse(JSON.stringify(definition)) as never,
  });
  const run = engine.startExecution({ stateMachineArn: 'arn:machine', name: 'run', input });
  const result = await run.result;
  if (result.status !== 'SUCCEEDED') throw new Error(JSON.stringify(result));
  return result.output;
}

const record = (cause: string, error = 'States.TaskFailed') =>
  recordWith(FULL, { id: 'a', error, cause });

const envelope = (change: object) => ({
  ExecutionArn: 'arn:child',
  Input: { configuration: { Error: 'decoy', Cause: 'decoy', Status: 'ABORTED' } },
  InputDetails: { Included: true },
  Name: 'n',
  StartDate: 1_767_225_600_000,
  StateMachineArn: 'arn:machine',
  Status: 'FAILED',
  StopDate: 1_767_225_600_001,
  Error: 'Own.Error',
  Cause: 'own "cause"\n{% 1 %}',
  ...change,
});

describe('Record failure', () => {
  test('takes the child’s own status, error and cause out of the envelope', async () => {
    expect(await record(JSON.stringify(envelope({})))).toEqual({
      id: 'a',
      status: 'FAILED',
      error: 'Own.Error',
      cause: 'own "cause"\n{% 1 %}',
      executionArn: 'arn:child',
      startDate: '2026-01-01T00:00:00.000Z',
      stopDate: '2026-01-01T00:00:00.001Z',
    });
  });

  test.each(['TIMED_OUT', 'ABORTED'])('keeps %s', async (Status) => {
    expect(await record(JSON.stringify(envelope({ Status })))).toMatchObject({ status: Status });
  });

  test('bears a child that gave neither error nor cause', async () => {
    const bare = envelope({ Error: undefined, Cause: undefined });
    expect(await record(JSON.stringify(bare))).toMatchObject({
      id: 'a',
      status: 'FAILED',
      error: 'States.TaskFailed',
      executionArn: 'arn:child',
    });
  });

  test('a timeout of the Task itself is one', async () => {
    expect(await record('', 'States.Timeout')).toMatchObject({ status: 'TIMED_OUT', cause: '' });
  });

  test.each([
    'Rate exceeded',
    '',
    '{',
    '{"ExecutionArn":"arn:child","Status":"FAILED","Error":"cut o',
    '{"a":1}{"b":2}',
    '[1,]',
    '{"a" 1}',
    "{'a':1}",
    '01',
    'nul',
    'truefalse',
    '"\u0001"',
    '"\\x"',
    '""""',
    '[[]',
    '{"ExecutionArn":}',
    'NaN',
  ])('keeps a Cause that is not JSON as it is: %j', async (cause) => {
    expect(() => JSON.parse(cause) as unknown).toThrow();
    expect(await record(cause)).toEqual({
      id: 'a',
      status: 'FAILED',
      error: 'States.TaskFailed',
      cause,
    });
  });

  test.each(['null', '3', '"text"', '[]', '[{"ExecutionArn":"x"}]', '{}', '{"errorMessage":"x"}'])(
    'keeps JSON that is no envelope as it is: %s',
    async (cause) => {
      expect(await record(cause)).toMatchObject({ error: 'States.TaskFailed', cause });
    },
  );

  test('tells JSON from other text as JSON.parse does, but for names twice and numbers too large', async () => {
    const mutilated = fc
      .tuple(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('', '"', '{', ']', ',', '0', '\\', ' '),
      )
      .map(([text, at, insert]) => {
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + insert + text.slice(cut + (at % 2));
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json({ maxDepth: 4 }), mutilated, fc.string()), async (text) => {
        // Only a text that was taken for JSON gives up its error.
        const cause = `{"ExecutionArn":"arn:child","Error":"Inner","Input":${text}}`;
        let isJson = true;
        try {
          let names = 0;
          JSON.parse(cause, function (this: unknown, _key, value: unknown) {
            names += Array.isArray(this) ? 0 : 1;
            if (value === Infinity || value === -Infinity) throw new RangeError('too large');
            return value;
          });
          // All but the root's own; $parse refuses an object that has the same one twice, and numbers beyond a double's.
          const strings = cause.match(/"(?:[^"\\]|\\.)*"(?:\s*:)?/g) ?? [];
          isJson = strings.filter((text) => text.endsWith(':')).length === names - 1;
        } catch {
          isJson = false;
        }
        const recorded = (await record(cause)) as { error: string };
        expect({ cause, error: recorded.error === 'Inner' }).toEqual({ cause, error: isJson });
      }),
      { numRuns: 300 },
    );
  });

  test('bears the longest Cause there is, deep or wide', async () => {
    const deep = `${'['.repeat(1000)}${']'.repeat(1000)}`;
    expect(await record(deep)).toMatchObject({ error: 'States.TaskFailed' });
    const wide = JSON.stringify(envelope({ Input: { text: 'x\\"é'.repeat(6000) } }));
    const whole = `${wide.slice(0, 32_600).replace(/\\\\*$/, '')}"},"Status":"FAILED"}`;
    expect(await record(whole)).toMatchObject({
      error: 'States.TaskFailed',
      executionArn: 'arn:child',
    });
    const cut = wide.slice(0, 32_768);
    expect(await record(cut)).toMatchObject({ status: 'FAILED', cause: cut.slice(0, 1_000) });
    const text = 'no JSON, '.repeat(4_000).slice(0, 32_768);
    expect(await record(text)).toMatchObject({ status: 'FAILED', cause: text.slice(0, 1_000) });
  });

  test('keeps of a brief record the error’s name alone, a byte for each character', async () => {
    const brief: Records = { full: false, parses: true, errorLimit: 12, causeLimit: 0 };
    const input = { id: 'a', child: 'b', error: 'States.TaskFailed', attempts: 2 };
    const cause = JSON.stringify(envelope({ Error: 'Ошибка"\\ and more' }));
    expect(await recordWith(brief, { ...input, cause })).toEqual({
      id: 'a',
      status: 'FAILED',
      error: '???????? and',
      executionArn: 'arn:child',
    });
  });
});

test('the catchers hand on id, error and cause, whatever Step Functions leaves out', async () => {
  const [first, last] = recordingCatchers(FULL, STATE.recordFailure) as {
    ErrorEquals: string[];
    Output: Record<string, string>;
  }[];
  expect(first?.ErrorEquals).toEqual(['States.DataLimitExceeded']);
  expect(last?.ErrorEquals).toEqual(['States.ALL']);
  const states = { input: { id: 'a' }, errorOutput: { Error: 'E' } };
  expect(await evaluate(last?.Output['id'], states)).toBe('a');
  expect(await evaluate(last?.Output['error'], states)).toBe('E');
  expect(await evaluate(last?.Output['cause'], states)).toBe('');
});
