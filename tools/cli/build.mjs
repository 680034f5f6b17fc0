// Bundles the `harmony` command to dist/: start-up time is why (hundreds of small files cost more to
// find and strip than the command itself takes). Usage: node build.mjs [--out <dir>] [--metafile]
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { commonJsImports } from './commonjs-imports.ts';

// Not `.pathname`, where a blank or a letter outside of ASCII stays encoded.
const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const { values: flags } = parseArgs({
  options: { out: { type: 'string', default: at('dist') }, metafile: { type: 'boolean' } },
});
await rm(flags.out, { recursive: true, force: true });
const options = {
  outdir: flags.out,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  outExtension: { '.js': '.mjs' },
  logLevel: 'warning',
};
const folderOf = (name) =>
  dirname(createRequire(at('../../libs/schema/package.json')).resolve(`${name}/package.json`));
const { metafile } = await build({
  ...options,
  entryPoints: { harmony: at('src/main.ts') },
  // Each command loads its own part only.
  splitting: true,
  chunkNames: '[name]-[hash]',
  metafile: true,
  alias: {
    // ajv-formats would bring along a second copy of it.
    ajv: folderOf('ajv'),
    // Its main file is wrapped for loaders that a bundle does not have.
    'jsonc-parser': join(folderOf('jsonc-parser'), 'lib', 'esm', 'main.js'),
  },
  // CommonJS packages in an ES module still call require.
  banner: {
    js: "import { createRequire as harmonyRequire } from 'node:module'; const require = harmonyRequire(import.meta.url);",
  },
});
const broken = commonJsImports(metafile);
if (broken.length > 0) {
  throw new Error(
    `A dynamic import of a CommonJS package loses its named exports in the bundle:\n${broken.join('\n')}\nImport it statically in a module of its own, and that module dynamically.`,
  );
}
// Each execution environment of a Lambda function loads this in its process: one file, nothing shared.
await build({
  ...options,
  entryPoints: { 'lambda-runtime': at('../../libs/local/src/lambda/runtime.ts') },
});
await copyFile(at('../../libs/local/src/lambda/runtime.py'), join(flags.out, 'lambda-runtime.py'));
if (flags.metafile) {
  await writeFile(join(flags.out, 'meta.json'), JSON.stringify(metafile));
}
