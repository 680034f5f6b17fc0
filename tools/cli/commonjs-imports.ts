import type { Metafile } from 'esbuild';

/**
 * Dynamic imports of CommonJS packages in a bundle made with code splitting. esbuild makes of such a
 * package a chunk that exports a default only: `const { Client } = await import('package')` is then
 * undefined, in the bundle and nowhere else. Import such a package statically in a module of ours,
 * and that module dynamically.
 *
 * @returns a line for each: who imports what
 */
export function commonJsImports({ inputs }: Metafile): string[] {
  return Object.entries(inputs).flatMap(([file, { imports }]) =>
    imports
      .filter(({ kind, path }) => kind === 'dynamic-import' && inputs[path]?.format === 'cjs')
      .map(({ path }) => `${file} imports ${path}`),
  );
}
