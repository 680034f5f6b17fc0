import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Esbuild from 'esbuild';
import { isPrivate } from './home.ts';

const SOURCES = ['.ts', '.mts', '.cts', '.tsx'];
const BUILT = ['', '.js', '.mjs', '.cjs'];

/**
 * The file that a handler is written in where it is TypeScript that nobody has built.
 * @param folder absolute
 * @param handler as configured: `src/app.handler`
 */
export function typeScriptSource(folder: string, handler: string): string | undefined {
  // What leads out of the folder is not built, and refused when it is loaded.
  if (handler.split('/').includes('..')) return undefined;
  const [moduleName = ''] = basename(handler).split('.');
  const stem = join(folder, dirname(handler), moduleName);
  if (BUILT.some((end) => existsSync(stem + end))) return undefined;
  return SOURCES.map((end) => stem + end).find((file) => existsSync(file));
}

/**
 * Bundles a handler as `sam build` does, with the esbuild that the function's folder, the current one
 * or this command has.
 * @param out the folder to write to
 * @returns why it could not be built
 */
export async function buildTypeScript(
  source: string,
  handler: string,
  out: string,
): Promise<{ readonly reason: string } | undefined> {
  const esbuild = await findEsbuild([dirname(source), process.cwd(), import.meta.dirname]);
  if (esbuild === undefined) {
    return {
      reason: `${basename(source)} is TypeScript, and there is no esbuild to build it with: npm install --save-dev esbuild`,
    };
  }
  const [moduleName = ''] = basename(handler).split('.');
  try {
    await esbuild.build({
      entryPoints: [source],
      outfile: join(out, dirname(handler), `${moduleName}.js`),
      ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node24', logLevel: 'silent' },
      sourcemap: 'linked',
      plugins: [leaveOutWhatIsMissing, keepOutOfHome(dirname(source))],
    });
    return undefined;
  } catch (error) {
    return { reason: `${basename(source)} cannot be built: ${(error as Error).message}` };
  }
}

/** A package that nobody installed is missed when it is loaded, as on Lambda: the SDK is there. */
const leaveOutWhatIsMissing: Esbuild.Plugin = {
  name: 'leave-out-what-is-missing',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === leaveOutWhatIsMissing) return undefined;
      const { kind, importer, resolveDir } = rest;
      const found = await build.resolve(path, {
        ...{ kind, importer, resolveDir, pluginData: leaveOutWhatIsMissing },
      });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

/** A bundle holds what it imports, data among it: building reads what the handler itself could not. */
function keepOutOfHome(folder: string): Esbuild.Plugin {
  return {
    name: 'keep-out-of-home',
    setup(build) {
      build.onLoad({ filter: /./ }, ({ path }) =>
        isPrivate(path, folder)
          ? { errors: [{ text: `${path} lies in a hidden folder of your home` }] }
          : undefined,
      );
    },
  };
}

async function findEsbuild(folders: readonly string[]): Promise<typeof Esbuild | undefined> {
  for (const folder of folders) {
    try {
      const file = createRequire(join(folder, 'index.js')).resolve('esbuild');
      const loaded = (await import(pathToFileURL(file).href)) as {
        default: typeof Esbuild;
      };
      return loaded.default;
    } catch {
      continue;
    }
  }
  return undefined;
}
