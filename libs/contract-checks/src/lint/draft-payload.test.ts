import { describe, expect, test } from 'vitest';
import { draftPayload, type PayloadDraft } from './draft-payload.ts';

/** `text` behind *Check input*, in the language given. */
const behind = (QueryLanguage: 'JSONata' | 'JSONPath', States: Record<string, object>) => ({
  QueryLanguage,
  StartAt: 'Check input',
  States: {
    'Check input': {
      ...{ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' },
      ...(QueryLanguage === 'JSONata'
        ? {
            Arguments: { FunctionName: '${CheckInput}', Payload: '{% $states.input %}' },
            Output: '{% $states.result.Payload.payload %}',
          }
        : {
            Parameters: { FunctionName: '${CheckInput}', 'Payload.$': '$' },
            OutputPath: '$.Payload.payload',
          }),
      Next: Object.keys(States)[0],
    },
    ...States,
  },
});

/** `{ order: { id: 'string?' } }`: a type, with ? where it is optional. */
const short = (draft: PayloadDraft): unknown => {
  if (draft.item !== undefined) return [short(draft.item)];
  if (draft.type !== 'object') return `${draft.type ?? 'any'}${draft.optional ? '?' : ''}`;
  return Object.fromEntries(Object.entries(draft.fields).map(([name, of]) => [name, short(of)]));
};

describe('the draft of a payload', () => {
  test('has what JSONPath reads, through what states keep, hand on and go through', () => {
    const definition = behind('JSONPath', {
      Ask: {
        ...{ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', ResultPath: '$.sent' },
        Parameters: { QueueUrl: 'q', 'MessageBody.$': '$.order.note' },
        Next: 'Which',
      },
      Which: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.rush', IsPresent: true, Next: 'Each' },
          { Variable: '$.order.total', NumericGreaterThan: 5, Next: 'Each' },
          { Variable: '$.sent.MessageId', IsPresent: true, Next: 'Each' },
        ],
        Default: 'Shape',
      },
      Shape: {
        Type: 'Pass',
        Parameters: { 'all.$': '$.order.items' },
        ResultPath: '$.kept',
        Next: 'Again',
      },
      Again: { Type: 'Pass', InputPath: '$.kept.all[0].price', End: true },
      Each: {
        ...{ Type: 'Map', ItemsPath: '$.order.items', End: true },
        ItemProcessor: {
          StartAt: 'One',
          States: { One: { Type: 'Pass', InputPath: '$.sku', End: true } },
        },
      },
    });
    expect(short(draftPayload(definition))).toEqual({
      rush: 'any?',
      order: { note: 'any', total: 'number', items: [{ sku: 'any', price: 'any' }] },
    });
  });

  test('has what JSONata reads, of variables too', () => {
    const definition = behind('JSONata', {
      Keep: { Type: 'Pass', Assign: { customer: '{% $states.input.customer %}' }, Next: 'Say' },
      Say: {
        Type: 'Pass',
        Output: { to: '{% $uppercase($customer.name) %}', on: '{% $exists($states.input.on) %}' },
        End: true,
      },
    });
    expect(short(draftPayload(definition))).toEqual({
      customer: { name: 'string' },
      on: 'any?',
    });
  });

  test('is empty where nothing is read, and ends where a flow goes round', () => {
    expect(short(draftPayload(behind('JSONPath', { End: { Type: 'Succeed' } })))).toBe('any');
    const round = behind('JSONPath', {
      Down: { Type: 'Pass', InputPath: '$.next', Next: 'Down' },
    });
    expect(JSON.stringify(draftPayload(round)).length).toBeLessThan(5_000);
  });
});
