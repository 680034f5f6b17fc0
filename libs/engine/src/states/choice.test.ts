import { describe, expect, it } from 'vitest';
import { machine, run } from '../testing/run.ts';

const end = { Type: 'Pass', End: true };

describe('Choice', () => {
  it('takes the first rule that holds, with its own Assign; the state’s belongs to Default', async () => {
    const definition = machine({
      C: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.n', NumericGreaterThan: 10, Assign: { size: 'large' }, Next: 'Show' },
          { Variable: '$.n', NumericGreaterThan: 5, Assign: { size: 'medium' }, Next: 'Show' },
        ],
        Assign: { size: 'small' },
        Default: 'Show',
      },
      Show: { Type: 'Pass', Parameters: { 'size.$': '$size' }, End: true },
    });
    const sizes = [];
    for (const n of [11, 6, 1]) sizes.push((await run(definition, { input: { n } })).result.output);
    expect(sizes).toEqual([{ size: 'large' }, { size: 'medium' }, { size: 'small' }]);
  });

  it('fails with States.Runtime where no rule holds and there is no Default', async () => {
    const { result } = await run(
      machine({
        C: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 1, Next: 'E' }] },
        E: end,
      }),
      { input: { n: 2 } },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('hands a JSONata rule’s Output on', async () => {
    const { result } = await run(
      {
        QueryLanguage: 'JSONata',
        ...machine({
          C: {
            Type: 'Choice',
            Choices: [{ Condition: '{% $states.input.n > 1 %}', Output: 'yes', Next: 'E' }],
            Default: 'E',
          },
          E: end,
        }),
      },
      { input: { n: 2 } },
    );
    expect(result.output).toBe('yes');
  });
});
