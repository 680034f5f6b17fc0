import { describe, expect, it } from 'vitest';
import { LocalError } from '../errors.ts';
import { parseMockConfiguration } from './configuration.ts';

const FILE = 'apps/greenhouse/mocks.json';

function configuration(responses: object, states: object = { Read: 'Answer' }): string {
  return JSON.stringify({
    StateMachines: { greenhouse: { TestCases: { HappyPath: states } } },
    MockedResponses: responses,
  });
}

function problems(text: string): string {
  try {
    parseMockConfiguration(text, FILE);
  } catch (error) {
    expect(error).toBeInstanceOf(LocalError);
    expect((error as LocalError).code).toBe('MOCKS_INVALID');
    return (error as Error).message;
  }
  throw new Error('the configuration was accepted');
}

describe('a mock configuration', () => {
  it('gives each state its responses by call number', () => {
    const text = configuration({
      Answer: {
        '1-3': { Return: { degrees: 21 } },
        '0': { Throw: { Error: 'Sensor.Busy', Cause: 'warming up' } },
      },
    });
    const { stateMachines } = parseMockConfiguration(text, FILE);
    expect(stateMachines.get('greenhouse')?.get('HappyPath')?.get('Read')?.calls).toEqual([
      { from: 0, to: 0, response: { kind: 'throw', error: 'Sensor.Busy', cause: 'warming up' } },
      { from: 1, to: 3, response: { kind: 'return', value: { degrees: 21 } } },
    ]);
  });

  it.each([null, 0, '', false, []])('may return %j', (value) => {
    const { stateMachines } = parseMockConfiguration(
      configuration({ Answer: { '0': { Return: value } } }),
      FILE,
    );
    const calls = stateMachines.get('greenhouse')?.get('HappyPath')?.get('Read')?.calls;
    expect(calls?.[0]?.response).toEqual({ kind: 'return', value });
  });

  it.each([
    ['text that is not JSON', '{ "StateMachines": ', 'is not JSON'],
    ['another root', '[]', '(root): must be an object'],
    ['an unknown section', '{"StateMachines":{},"Mocks":{}}', 'Mocks: is not part of the format'],
    ['no state machines', '{}', 'StateMachines: is missing'],
    [
      'a response that is not there',
      configuration({ Other: { '0': { Return: 1 } } }),
      'StateMachines.greenhouse.TestCases.HappyPath.Read: names "Answer", which MockedResponses does not have; add it there (it has: Other)',
    ],
    [
      'a response given in place',
      configuration({}, { Read: { '0': { Return: 1 } } }),
      'TestCases.HappyPath.Read: must be the name of an entry of MockedResponses',
    ],
    [
      'a call that is no number',
      configuration({ Answer: { first: { Return: 1 } } }),
      'MockedResponses.Answer["first"]: is not a call number',
    ],
    [
      'a range that runs backwards',
      configuration({ Answer: { '3-1': { Return: 1 } } }),
      'MockedResponses.Answer["3-1"]: is not a call number',
    ],
    [
      'ranges that overlap',
      configuration({ Answer: { '0-2': { Return: 1 }, '2': { Return: 2 } } }),
      'MockedResponses.Answer: call 2 is answered twice',
    ],
    [
      'a gap',
      configuration({ Answer: { '0': { Return: 1 }, '2': { Return: 2 } } }),
      'MockedResponses.Answer: no answer for call 1',
    ],
    [
      'a first call that is missing',
      configuration({ Answer: { '1': { Return: 1 } } }),
      'MockedResponses.Answer: no answer for call 0',
    ],
    ['no call at all', configuration({ Answer: {} }), 'MockedResponses.Answer: has no response'],
    [
      'both Return and Throw',
      configuration({ Answer: { '0': { Return: 1, Throw: { Error: 'E' } } } }),
      'MockedResponses.Answer["0"]: must have exactly one of Return (the result) and Throw',
    ],
    [
      'a Throw without an error name',
      configuration({ Answer: { '0': { Throw: { Cause: 'c' } } } }),
      'MockedResponses.Answer["0"].Throw.Error: must be the error name',
    ],
    [
      'a Cause that is no text',
      configuration({ Answer: { '0': { Throw: { Error: 'E', Cause: {} } } } }),
      'MockedResponses.Answer["0"].Throw.Cause: must be text',
    ],
  ])('with %s is refused with its file and path', (_what, text, message) => {
    const all = problems(text);
    expect(all).toContain(FILE);
    expect(all).toContain(message);
  });

  it('is refused with all its problems at once', () => {
    const text = configuration({ Answer: { first: { Return: 1 } } }, { Read: 'Gone', Write: 1 });
    expect(problems(text).split('\n')).toHaveLength(5);
  });
});

describe('what AWS’s format does not say', () => {
  const parse = (answer: unknown) =>
    parseMockConfiguration(configuration({ Answer: answer }), FILE)
      .stateMachines.get('greenhouse')
      ?.get('HappyPath')
      ?.get('Read');

  it('is said under the key Harmony', () => {
    const state = parse({
      Harmony: { CountAcross: 'Executions' },
      '0': { Harmony: { NoAnswer: true } },
      '1': { Throw: { Error: 'E' }, Harmony: { AfterSeconds: 60 } },
      '2': { Harmony: { When: [{ Parameters: { a: 1 }, Return: 1 }, { Return: 2 }] } },
    });
    expect(state?.countsAcross).toBe(true);
    expect(state?.calls.map(({ response }) => response)).toEqual([
      { kind: 'silence' },
      { kind: 'throw', error: 'E', cause: undefined, afterSeconds: 60 },
      {
        kind: 'choice',
        options: [
          { parameters: { a: 1 }, response: { kind: 'return', value: 1 } },
          { response: { kind: 'return', value: 2 } },
        ],
      },
    ]);
  });

  it.each([
    [
      { '0': { Return: 1, Harmony: { NoAnswer: true } } },
      'NoAnswer: must be true, and stand alone',
    ],
    [{ '0': { Harmony: { NoAnswer: 'yes' } } }, 'NoAnswer: must be true, and stand alone'],
    [{ '0': { Harmony: { AfterSeconds: 3 } } }, 'must have exactly one of Return'],
    [{ '0': { Return: 1, Harmony: { AfterSeconds: -1 } } }, 'must be a number of seconds'],
    [{ '0': { Return: 1, Harmony: { Later: 1 } } }, 'Harmony.Later: is not part of the format'],
    [{ '0': { Harmony: { When: {} } } }, 'When: must be a list of answers'],
    [{ '0': { Harmony: { When: [{ Parameters: {} }] } } }, 'When[0]: must have exactly one of'],
    [{ '0': { Return: 1 }, Harmony: {} }, 'CountAcross: must be "Executions"'],
    [{ '0': { Return: 1 }, Harmony: 1 }, 'Answer.Harmony: must be an object'],
  ])('and refused where it makes no sense: %j', (answer, message) => {
    expect(() => parse(answer)).toThrow(message);
  });
});
