import type { JsonObject } from '@harmony/engine';
import { describe, expect, it } from 'vitest';
import { type History, parseHistory } from './history.ts';
import { recordedCalls } from './recorded-calls.ts';
import { answers, arn, fails, record, review, roleArn } from './recording.fixture.ts';
import { type Replay, Replayer } from './replay-history.ts';
import { replayJunit, replayMarkdown, verdictCounts, whyLines } from './report.ts';

const history = async (definition: JsonObject = review()): Promise<History> =>
  parseHistory(JSON.stringify(await record(definition, { items: [0, 1, 2] }, answers)), 'n.json');

const replay = async (definition: JsonObject, of: History, name = 'dev-review'): Promise<Replay> =>
  new Replayer({ arn: arn.replace('dev-review', name), name, roleArn, definition }, [
    ...['dev', 'prod'],
  ]).replay(of);

describe('the calls of a history', () => {
  it('are known by state, iteration and attempt', async () => {
    const calls = recordedCalls(await history());
    expect(
      calls.map(({ place, attempt, resource, answer }) => [
        `${place.path}${place.state}`,
        ...[attempt, resource, answer.kind === 'error' ? answer.error : answer.kind],
      ]),
    ).toEqual([
      ['Each[0]/Ask', 0, 'aws-sdk:dynamodb:getItem', 'output'],
      ['Each[1]/Ask', 0, 'aws-sdk:dynamodb:getItem', 'DynamoDb.Slow'],
      ['Each[2]/Ask', 0, 'aws-sdk:dynamodb:getItem', 'DynamoDb.Gone'],
      ['Each[1]/Ask', 1, 'aws-sdk:dynamodb:getItem', 'output'],
      ['Tell', 0, 'sns:publish', 'output'],
    ]);
  });
});

describe('a history, replayed', () => {
  it('is the same on the definition that it is of, in another stage too', async () => {
    const of = await history();
    expect(await replay(review(), of)).toMatchObject({ verdict: 'same' });
    const elsewhere = await replay(review(), of, 'prod-review');
    expect(elsewhere).not.toHaveProperty('difference');
  });

  it('is the same where branches took turns in another way', async () => {
    const of = await history();
    // AWS is free to start the iterations' Tasks in any order.
    expect(await replay(review({ each: { MaxConcurrency: 2 } }), of)).toMatchObject({
      verdict: 'same',
    });
  });

  it('is another path where more happens before the same end', async () => {
    const changed = review({ each: { Next: 'Rest' } });
    Object.assign(changed['States'] as object, { Rest: { Type: 'Pass', Next: 'Tell' } });
    expect(await replay(changed, await history())).toMatchObject({
      verdict: 'other-path',
      difference: { type: 'PassStateEntered', state: 'Rest', why: 'it did not happen then' },
    });
  });

  it('is another path where a call is another, in the words of its parameters', async () => {
    const ask = { Parameters: { 'Key.$': '$', TableName: 'order' } };
    const { verdict, difference } = await replay(review({ ask }), await history());
    expect(verdict).toBe('other-path');
    expect(difference).toMatchObject({
      ...{ type: 'TaskScheduled', state: 'Each[0]/Ask' },
      why: 'parameters.TableName was "orders" and is "order"',
    });
  });

  it('is another outcome where an error is no longer caught', async () => {
    const other = [{ ErrorEquals: ['DynamoDb.Other'], Next: 'Left out' }];
    const result = await replay(review({ ask: { Catch: other } }), await history());
    expect(result).toMatchObject({
      verdict: 'other-outcome',
      recorded: { status: 'SUCCEEDED' },
      now: { status: 'FAILED', error: 'DynamoDb.Gone' },
    });
    expect(whyLines(result)[0]).toBe('SUCCEEDED then, FAILED with DynamoDb.Gone now');
  });

  it('has no answer for a call that was not made then, whatever catches it', async () => {
    const more = review({
      ask: { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 3 }] },
      tell: { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Tell' }] },
    });
    expect(await replay(more, await history())).toMatchObject({
      verdict: 'unanswered',
      difference: {
        state: 'Each[2]/Ask',
        why: 'no call of aws-sdk:dynamodb:getItem was recorded here',
      },
    });
    const other = review({ tell: { Resource: 'arn:aws:states:::sqs:sendMessage' } });
    expect((await replay(other, await history())).difference?.why).toBe(
      'it calls sqs:sendMessage, and what was recorded is an answer of sns:publish',
    );
  });

  it('keeps a timeout, and a stop by hand', async () => {
    const slow = review({ tell: { TimeoutSeconds: 5 } });
    const { events } = await record(slow, { items: [] }, () => fails('States.Timeout'));
    const timedOut = events.map((event) =>
      event['type'] === 'TaskFailed'
        ? {
            ...{ timestamp: '2026-03-01T08:00:05Z', type: 'TaskTimedOut', id: event['id'] },
            previousEventId: event['previousEventId'],
            taskTimedOutEventDetails: {
              ...{ resourceType: 'sns', resource: 'publish', error: 'States.Timeout' },
            },
          }
        : event,
    );
    const read = parseHistory(JSON.stringify({ events: timedOut }), 't.json');
    expect(await replay(slow, read)).toMatchObject({ verdict: 'same' });

    const aborted = [
      ...timedOut.slice(0, -2),
      {
        ...{ timestamp: '2026-03-01T08:00:03Z', type: 'ExecutionAborted', id: timedOut.length - 1 },
        previousEventId: timedOut.length - 2,
        executionAbortedEventDetails: { error: 'Mine', cause: 'enough' },
      },
    ];
    const stopped = parseHistory(JSON.stringify({ events: aborted }), 'a.json');
    expect(await replay(slow, stopped)).toMatchObject({
      verdict: 'same',
      now: { status: 'ABORTED', error: 'Mine', cause: 'enough' },
    });
  });
});

describe('a file that is no whole history', () => {
  const started = {
    ...{ id: 1, timestamp: 1772352000.5, type: 'ExecutionStarted' },
    executionStartedEventDetails: { input: '{}' },
  };
  const ended = { id: 2, timestamp: '2026-03-01T08:00:01Z', type: 'ExecutionSucceeded' };
  const whole = { events: [ended, started] };

  it('is read in either order, with times of either kind', () => {
    const { events } = parseHistory(JSON.stringify(whole), 'h.json');
    expect(events.map(({ id, timestamp }) => [id, timestamp])).toEqual([
      [1, 1_772_352_000_500],
      [2, 1_772_352_001_000],
    ]);
  });

  it.each([
    ['{', 'h.json:1:2: it is not JSON'],
    ['null', 'h.json: it has no events'],
    ['{"events":{}}', 'h.json: it has no events'],
    [JSON.stringify({ ...whole, nextToken: 'x' }), 'h.json: it is one page of several (nextToken)'],
    [JSON.stringify({ events: [started] }), 'h.json: its execution had not ended'],
    [JSON.stringify({ events: [] }), 'h.json: it does not begin with ExecutionStarted'],
    [JSON.stringify({ events: [started, { ...ended, id: 3 }] }), 'h.json: event 2 is missing'],
    [
      JSON.stringify({ events: [{ ...started, executionStartedEventDetails: {} }, ended] }),
      'h.json: it holds no execution data. Read it with --include-execution-data',
    ],
    [
      JSON.stringify({
        events: [started, { ...ended, x_EventDetails: { outputDetails: { truncated: true } } }],
      }),
      'h.json: event 2: its output is cut off (truncated)',
    ],
    [
      JSON.stringify({ events: [{ ...started, timestamp: 'now' }] }),
      'h.json: event 1: its timestamp',
    ],
    ...[1e300, -1, 8.64e15, '+275760-09-13T00:00:00Z', null].map((timestamp): [string, string] => [
      JSON.stringify({ events: [{ ...started, timestamp }] }),
      'h.json: event 1: its timestamp',
    ]),
    [JSON.stringify({ events: [null] }), 'h.json: event 1: its id or previousEventId is no number'],
    [JSON.stringify({ events: [started, { ...ended, previousEventId: 2 }] }), 'event 2 follows 2'],
  ])('is refused by name: %s', (text, message) => {
    expect(() => parseHistory(text, 'h.json')).toThrow(message);
  });
});

describe('a report', () => {
  const one = (name: string, verdict: Replay['verdict']): Replay => ({
    ...{ name, verdict, recorded: { status: 'SUCCEEDED' }, now: { status: 'FAILED', error: 'E' } },
    ...(verdict !== 'same' && {
      difference: { eventId: 4, type: 'TaskScheduled', state: 'Ask', why: 'a <b> | "c"\nd' },
    }),
  });
  const replays = [one('a.json', 'same'), one('b.json', 'other-outcome')];

  it('counts the verdicts', () => {
    expect(verdictCounts(replays)).toBe('1 the same, 1 another outcome');
  });

  it('is Markdown that nothing in a history breaks', () => {
    expect(replayMarkdown('review', replays)).toBe(
      '### Replay of review: 1 the same, 1 another outcome\n\n' +
        '| execution | now | first difference |\n| --- | --- | --- |\n' +
        '| b.json | another outcome | SUCCEEDED then, FAILED with E now<br>Ask: event 4, TaskScheduled: a &lt;b> \\| "c" d |\n',
    );
  });

  it("is JUnit's XML", () => {
    const xml = replayJunit('review', replays);
    expect(xml).toContain('<testsuite name="replay review" tests="2" failures="1">');
    expect(xml).toContain('<testcase classname="review" name="a.json"/>');
    expect(xml).toContain('<failure type="other-outcome" message="another outcome">SUCCEEDED then');
  });
});
