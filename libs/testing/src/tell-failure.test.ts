import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';

/** Within this package, whose packages it uses. */
const folder = mkdtempSync(join(import.meta.dirname, '..', '.harmony-test-'));

it('says why a run did not succeed where the test that made it fails, and only there', async () => {
  writeFileSync(
    join(folder, 'case.test.ts'),
    `import { expect, it } from 'vitest';
     import { tellFailure } from '${join(import.meta.dirname, 'tell-failure.ts')}';
     const step = { stateMachine: 'dev-pond', executionArn: 'a', state: 'Leak', item: 2 };
     const run = {
       status: 'FAILED', stateMachine: 'dev-pond', error: 'PondLeaks', cause: 'it is empty',
       failure: { ...step, path: [step], source: { file: 'apps/pond/workflow.asl.yaml', line: 7, column: 3 } },
     } as never;
     it('fails', () => { tellFailure(run, 'Dry'); expect(1).toBe(2); });
     it('passes', () => { tellFailure(run, 'Wet'); });`,
  );
  const vitest = join(import.meta.dirname, '../../../node_modules/vitest/vitest.mjs');
  const said = await new Promise<string>((resolve) => {
    const args = [vitest, 'run', '--root', folder, '--reporter', 'default'];
    execFile(process.execPath, args, { env: { ...process.env, NO_COLOR: '1' } }, (_e, out, err) =>
      resolve(`${out}${err}`),
    );
  });
  rmSync(folder, { recursive: true });
  expect(said).toContain(
    [
      'dev-pond, test case Dry: FAILED',
      '  in the state "Leak" (item 2) of dev-pond:',
      '  at apps/pond/workflow.asl.yaml:7:3',
      '  PondLeaks: it is empty',
    ].join('\n'),
  );
  expect(said).not.toContain('test case Wet');
}, 60_000);
