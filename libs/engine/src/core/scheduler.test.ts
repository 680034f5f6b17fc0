import { expect, it } from 'vitest';
import { arnOf, engineWith, machine } from '../testing/run.ts';

it('leaves the host its turns, also while one expression follows the other', async () => {
  const sum = { Type: 'Pass', Output: '{% $sum([1..5000].($ * 2)) %}', End: true };
  const { engine } = engineWith({
    QueryLanguage: 'JSONata',
    ...machine({
      Each: {
        Type: 'Map',
        Items: '{% [1..60] %}',
        MaxConcurrency: 1,
        ItemProcessor: { StartAt: 'Sum', States: { Sum: sum } },
        End: true,
      },
    }),
  });
  const execution = engine.startExecution({ stateMachineArn: arnOf('main'), input: {} });
  // As an interruption does, which comes by the host's event loop.
  setTimeout(() => execution.stop('Stopped', 'by the host'), 1);
  expect(await execution.result).toMatchObject({ status: 'ABORTED', error: 'Stopped' });
});
