import type { Json } from '@harmony/engine';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../testing/functions.ts';
import { testMachine } from '../testing/machines.ts';
import { type MockedCall, MockCounter, readMocks } from './mocks.ts';
import type { MockAnswer } from './mocks.ts';

const FILE = 'mocks.json';

const returning = (value: unknown): object => ({ Return: value });

const configuration = JSON.stringify({
  StateMachines: {
    greenhouse: {
      TestCases: {
        HappyPath: { Read: 'Warm' },
        Frost: { Read: 'ColdThenWarm' },
      },
    },
    pond: { TestCases: { HappyPath: { Read: 'Warm' } } },
  },
  MockedResponses: {
    Warm: { '0': returning('warm') },
    ColdThenWarm: { '0-1': returning('cold'), '2': returning('warm') },
  },
});

const greenhouse = testMachine({ name: 'greenhouse', mocks: FILE });
const pond = testMachine({ name: 'pond', mocks: FILE });

describe('the test case of a state machine', () => {
  it('is HappyPath where none is named', async () => {
    await using folder = await testFolder({ [FILE]: configuration });
    const mocks = await readMocks({ stateMachines: [greenhouse], workspaceRoot: folder.path });
    expect(mocks.get(greenhouse.arn)).toMatchObject({ key: 'greenhouse', caseName: 'HappyPath' });
  });

  it('is the named one where the state machine has it, and HappyPath elsewhere', async () => {
    await using folder = await testFolder({ [FILE]: configuration });
    const mocks = await readMocks({
      stateMachines: [greenhouse, pond],
      workspaceRoot: folder.path,
      caseName: 'Frost',
    });
    expect(mocks.get(greenhouse.arn)?.caseName).toBe('Frost');
    expect(mocks.get(pond.arn)?.caseName).toBe('HappyPath');
  });

  it('is held to the states that there are, at every depth', async () => {
    await using folder = await testFolder({ [FILE]: configuration });
    const inner = { States: { Read: { Type: 'Task' } } };
    const strays = async (definition: object) => {
      const machine = { ...greenhouse, definition: definition as Record<string, Json> };
      const mocks = await readMocks({ stateMachines: [machine], workspaceRoot: folder.path });
      return mocks.get(machine.arn)?.strays;
    };
    expect(await strays({ States: { Both: { Branches: [inner] } } })).toEqual([]);
    expect(await strays({ States: { Each: { ItemProcessor: inner } } })).toEqual([]);
    expect(await strays({ States: { Other: {} } })).toEqual([
      'StateMachines.greenhouse.TestCases.HappyPath.Read',
      'StateMachines.greenhouse.TestCases.Frost.Read',
    ]);
  });

  it('that no state machine has is refused with the known ones', async () => {
    await using folder = await testFolder({ [FILE]: configuration });
    await expect(
      readMocks({
        stateMachines: [greenhouse, pond],
        workspaceRoot: folder.path,
        caseName: 'Forst',
      }),
    ).rejects.toMatchObject({
      code: 'UNKNOWN_MOCK_CASE',
      message: 'No mock configuration has the test case "Forst". Known: Frost, HappyPath.',
    });
  });

  it('is none where the file is not there: a child may need no mocks', async () => {
    await using folder = await testFolder();
    const mocks = await readMocks({ stateMachines: [greenhouse], workspaceRoot: folder.path });
    expect(mocks.get(greenhouse.arn)).toMatchObject({ file: FILE, caseName: undefined });
  });

  it('whose file cannot be read is refused with the file', async () => {
    await using folder = await testFolder();
    const machine = testMachine({ name: 'greenhouse', mocks: '.' });
    await expect(
      readMocks({ stateMachines: [machine], workspaceRoot: folder.path }),
    ).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('The mock configuration . cannot be read') as string,
    });
  });
});

const called = (executionArn: string, stateName: string, input: Json = {}): MockedCall => ({
  ...{ executionArn, stateName, input, stateMachineArn: greenhouse.arn, context: {} },
});

describe('call numbers', () => {
  const value = (answer: MockAnswer): unknown =>
    answer.kind === 'response' && answer.response.kind === 'return'
      ? answer.response.value
      : answer.kind;

  it('count per execution and state, and end where the responses do', async () => {
    await using folder = await testFolder({ [FILE]: configuration });
    const all = await readMocks({
      stateMachines: [greenhouse],
      workspaceRoot: folder.path,
      caseName: 'Frost',
    });
    const mocks = all.get(greenhouse.arn);
    const counter = new MockCounter();
    const read = (execution: string): unknown =>
      value(counter.answer(mocks, called(execution, 'Read')));
    expect([read('a'), read('a'), read('b'), read('a'), read('a')]).toEqual([
      'cold',
      'cold',
      'cold',
      'warm',
      'exhausted',
    ]);
    expect(value(counter.answer(mocks, called('a', 'Write')))).toBe('none');
  });
});
