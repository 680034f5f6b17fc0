import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('brings neither a schema library nor CDK into the bundle of a handler', async () => {
  const { metafile } = await build({
    entryPoints: [join(import.meta.dirname, 'index.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.some((path) => path.includes('@aws-lambda-powertools/logger'))).toBe(true);
  expect(
    inputs.filter((path) => /node_modules\/(zod|ajv|aws-cdk-lib|constructs)\//.test(path)),
  ).toEqual([]);
});
