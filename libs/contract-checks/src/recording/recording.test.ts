import { describe, expect, it } from 'vitest';
import { parseHistory } from '../replay/history.ts';
import { answers, arn, record, review, roleArn } from '../replay/recording.fixture.ts';
import { Replayer } from '../replay/replay-history.ts';
import { recordCase, withCase } from './recorded-case.ts';
import { Redaction } from './redaction.ts';

const replayer = () => new Replayer({ arn, name: 'dev-review', roleArn, definition: review() });

describe('a case of an execution', () => {
  it('has what each Task answered, in the order in which a run here asks', async () => {
    const { events } = await record(review(), { items: [0, 1, 2] }, answers);
    const history = parseHistory(JSON.stringify({ events }), 'h.json');
    const { responses, input, replay } = await recordCase(history, replayer(), new Redaction());
    expect(replay.verdict).toBe('same');
    expect(input).toEqual({ items: [0, 1, 2] });
    expect(Object.fromEntries(responses)).toEqual({
      Ask: {
        '0': { Return: { Item: 0 } },
        '1': { Throw: { Error: 'DynamoDb.Slow', Cause: 'slow down' } },
        '2': { Throw: { Error: 'DynamoDb.Gone' } },
        '3': { Return: { Item: 1 } },
      },
      Tell: { '0': { Return: { MessageId: 'm-1' } } },
    });
  });

  it('takes its place beside the cases that are there, and that of none', async () => {
    const responses = new Map([['Ask', { '0-1': { Return: 1 } }]]);
    const mocks = {
      StateMachines: { review: { TestCases: { HappyPath: { Ask: 'Had' } } } },
      MockedResponses: { Had: { '0': { Return: 2 } } },
    };
    const named = { key: 'review', caseName: 'Night' };
    const more = withCase(mocks, named, responses);
    expect(more).toEqual({
      StateMachines: {
        review: { TestCases: { HappyPath: { Ask: 'Had' }, Night: { Ask: 'Night: Ask' } } },
      },
      MockedResponses: { Had: { '0': { Return: 2 } }, 'Night: Ask': { '0-1': { Return: 1 } } },
    });
    expect(withCase(more ?? {}, named, responses)).toBeUndefined();
  });
});

describe('redaction', () => {
  it('replaces the same by the same, in text, in JSON as text, in Base64 and in names', () => {
    const redaction = new Redaction();
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const given = {
      topic: 'arn:aws:sns:eu-west-1:998877665544:alerts',
      account: '998877665544',
      number: 998877665544,
      other: '112233445566',
      'ann@corp.test': 'from ann@corp.test to bob@corp.test',
      report: base64('user,arn\nann,arn:aws:iam::998877665544:user/ann@corp.test'),
      text: '{"password":"hunter2","to":"bob@corp.test"}',
      NextToken: 'AAAA',
      page: { NextToken: 'AAAA' },
      key: 'AKIAABCDEFGHIJKLMNOP',
      jwt: 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
      untouched: ['2026-03-01', 42, '1234567890123', null, ''],
    };
    expect(redaction.value(given)).toEqual({
      topic: 'arn:aws:sns:eu-west-1:123456789012:alerts',
      account: '123456789012',
      number: 123456789012,
      other: '000000000002',
      'person-1@example.com': 'from person-1@example.com to person-2@example.com',
      report: base64('user,arn\nann,arn:aws:iam::123456789012:user/person-1@example.com'),
      text: '{"password":"secret-1","to":"person-2@example.com"}',
      NextToken: 'token-1',
      page: { NextToken: 'token-1' },
      key: 'AKIA0000000000000001',
      jwt: 'Bearer token-2',
      untouched: given.untouched,
    });
    expect(redaction.replacements).toContainEqual({
      ...{ kind: 'account id', original: '9988…', by: '123456789012', count: 4 },
    });
    expect(JSON.stringify(redaction.replacements)).not.toMatch(/hunter2|ann@corp/);
  });

  it('takes more patterns, and leaves what is to be kept', () => {
    const redaction = new Redaction({
      patterns: new Map([['customer', /C-\d+/g]]),
      keep: new Set(['998877665544']),
    });
    expect(redaction.value(['C-17 of 998877665544', 'C-18', 'C-17'])).toEqual([
      'customer-1 of 998877665544',
      'customer-2',
      'customer-1',
    ]);
  });

  it('changes nothing when it is applied again', () => {
    const once = new Redaction().value({ a: 'x@y.test', b: '998877665544', c: '112233445566' });
    expect(new Redaction({ keep: new Set(['000000000002']) }).value(once)).toMatchObject({
      b: '123456789012',
    });
  });
});
