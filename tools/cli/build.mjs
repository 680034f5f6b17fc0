// Bundles the `harmony` command to dist/: start-up time is why (hundreds of small files cost more to
// find and strip than the command itself takes). Usage: node build.mjs [--metafile]
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { build } from 'esbuild';

const at = (path) => new URL(path, import.meta.url).pathname;

await rm(at('dist'), { recursive: true, force: true });
const { metafile } = await build({
  // The second runs in worker threads: one for each execution environment of a Lambda function.
  entryPoints: {
    harmony: at('src/main.ts'),
    'lambda-runtime': at('../../libs/local/src/lambda/runtime.ts'),
  },
  outdir: at('dist'),
  bundle: true,
  // Each command loads its own part only.
  splitting: true,
  chunkNames: '[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  outExtension: { '.js': '.mjs' },
  metafile: true,
  logLevel: 'warning',
  // ajv-formats would bring along a second copy of it.
  alias: {
    ajv: dirname(createRequire(at('../../libs/assembly/package.json')).resolve('ajv/package.json')),
  },
  // CommonJS packages in an ES module still call require.
  banner: {
    js: "import { createRequire as harmonyRequire } from 'node:module'; const require = harmonyRequire(import.meta.url);",
  },
});
if (process.argv.includes('--metafile')) {
  await writeFile(at('dist/meta.json'), JSON.stringify(metafile));
}
