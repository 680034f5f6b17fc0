import { globSync } from 'node:fs';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { workspaceRoot } from './workspace.ts';

const handlers = globSync('apps/*/src/handlers/*.ts', { cwd: workspaceRoot }).sort();

describe('what reaches Lambda', () => {
  it('there are handlers to look at', () => {
    expect(handlers.length).toBeGreaterThan(2);
  });

  it.each(handlers)('%s bundles without CDK and without the contracts of others', async (entry) => {
    const { metafile } = await build({
      absWorkingDir: workspaceRoot,
      entryPoints: [entry],
      bundle: true,
      platform: 'node',
      format: 'esm',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const child = entry.split(/[\\/]/)[1];
    const strangers = Object.keys(metafile.inputs).filter(
      (input) =>
        /node_modules\/(aws-cdk-lib|constructs)\//.test(input) ||
        (/^(apps|libs\/contracts)\//.test(input) &&
          input.split('/').at(input.startsWith('apps/') ? 1 : 2) !== child),
    );
    expect(strangers).toEqual([]);
  });
});
