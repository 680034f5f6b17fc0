import { describe, expect, it } from 'vitest';
import { lossesOf, longestWait } from './removal.ts';

describe('what a deletion loses', () => {
  it('is what is in the resources, the others by their number; what is retained stays', () => {
    const template = {
      Resources: {
        Machine: { Type: 'AWS::StepFunctions::StateMachine' },
        Logs: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Delete' },
        Reports: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' },
        Kept: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'RetainExceptOnCreate' },
        A: { Type: 'AWS::Lambda::Function' },
        B: { Type: 'AWS::Lambda::Function' },
      },
    };
    expect(lossesOf(template)).toEqual({
      lost: [
        'AWS::StepFunctions::StateMachine Machine: the history of its executions',
        'AWS::Logs::LogGroup Logs: the logs in it',
        '2 × AWS::Lambda::Function',
      ],
      kept: ['AWS::S3::Bucket Reports', 'AWS::Logs::LogGroup Kept'],
    });
  });

  it.each([undefined, null, {}, { Resources: {} }])('is nothing known in %j', (template) => {
    expect(lossesOf(template)).toEqual({ lost: [], kept: [] });
  });
});

describe('the longest Wait', () => {
  const wait = (Seconds: unknown) => ({ Type: 'Wait', Seconds });

  it('is found at any depth', () => {
    const inner = { Type: 'Map', ItemProcessor: { States: { 'Cool down': wait(259_200) } } };
    expect(longestWait({ States: { Short: wait(5), Each: inner } })).toEqual({
      ...{ state: 'Cool down', seconds: 259_200 },
    });
  });

  it('is the one whose length is only known at run time, if there is one', () => {
    const states = { Until: { Type: 'Wait', TimestampPath: '$.at' }, Long: wait(99_999_999) };
    expect(longestWait({ States: states })).toEqual({ state: 'Until' });
    expect(longestWait({ States: { Delay: wait('{% $delay %}') } })).toEqual({ state: 'Delay' });
  });

  it('is none where nothing waits', () => {
    expect(longestWait({ States: { Done: { Type: 'Succeed' } } })).toBeUndefined();
  });
});
