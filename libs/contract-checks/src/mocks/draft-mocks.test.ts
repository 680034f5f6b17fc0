import { awsModels } from '@harmony/aws-calls';
import { parseMockConfiguration } from '@harmony/local';
import { describe, expect, it } from 'vitest';
import { draftMocks, tasksIn } from './draft-mocks.ts';

const task = (Resource: string): object => ({ Type: 'Task', Resource, End: true });
const definition = {
  States: {
    Buy: task('arn:aws:states:::sqs:sendMessage'),
    Each: {
      Type: 'Map',
      ItemProcessor: { States: { Own: task('arn:aws:lambda:us-east-1:1:function:f') } },
    },
    Both: {
      Type: 'Parallel',
      Branches: [{ States: { Ask: task('arn:aws:states:::sns:publish') } }],
    },
    Wait: { Type: 'Wait', Seconds: 1 },
  },
};
const models = awsModels();

describe('a draft of mocks', () => {
  it('has an answer for each Task, at every depth', () => {
    const { configuration, added } = draftMocks('shop', tasksIn(definition), models);
    expect(added).toEqual(['Buy', 'Own', 'Ask']);
    expect(configuration).toMatchObject({
      StateMachines: { shop: { TestCases: { HappyPath: { Own: 'Own answers' } } } },
      MockedResponses: { 'Own answers': { '0': { Return: {} } } },
    });
  });

  it('has one for states whose names JavaScript keeps', () => {
    const names = ['constructor', '__proto__', 'toString'];
    const states = Object.fromEntries(
      names.map((name) => [name, task('arn:aws:states:::sns:publish')]),
    );
    const { configuration, added } = draftMocks('constructor', tasksIn({ States: states }), models);
    expect(added).toEqual(names);
    const text = JSON.stringify(configuration);
    for (const name of names) expect(text).toContain(`"${name}":"${name} answers"`);
    expect(parseMockConfiguration(text, 'm.json').stateMachines.has('constructor')).toBe(true);
  });

  it('keeps what a file says already, and drafted again adds nothing', () => {
    const mine = {
      StateMachines: { shop: { TestCases: { HappyPath: { Buy: 'Mine' }, Other: {} } }, b: {} },
      MockedResponses: { Mine: { '0': { Return: 1 } }, 'Own answers': { '0': { Return: 2 } } },
    };
    const first = draftMocks('shop', tasksIn(definition), models, mine);
    expect(first.added).toEqual(['Own', 'Ask']);
    expect(first.configuration).toMatchObject({
      StateMachines: { shop: { TestCases: { HappyPath: { Buy: 'Mine', Own: 'Own answers 2' } } } },
      MockedResponses: mine.MockedResponses,
    });
    const again = draftMocks('shop', tasksIn(definition), models, first.configuration);
    expect(again).toEqual({ configuration: first.configuration, added: [] });
  });
});
