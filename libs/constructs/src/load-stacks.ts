import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConstructError } from './errors.ts';
import type { StackBuilder } from './synthesise.ts';

/**
 * The stacks of an app, one a file: `<folder>/<id>.ts` exports `stack`, which fills the stack `<id>`.
 * So adding or removing a stack adds or removes a file, and two at once never meet in one.
 *
 * @throws ConstructError `STACK_INVALID` for a file that exports no `stack`
 */
export async function loadStacks(folder: string): Promise<Readonly<Record<string, StackBuilder>>> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort();
  return Object.fromEntries(
    await Promise.all(
      files.map(async (file) => [basename(file, '.ts'), await load(join(folder, file))] as const),
    ),
  );
}

async function load(file: string): Promise<StackBuilder> {
  const { stack } = (await import(pathToFileURL(file).href)) as { readonly stack?: unknown };
  if (typeof stack === 'function') return stack as StackBuilder;
  throw new ConstructError(
    'STACK_INVALID',
    `${file} exports no stack: write  export const stack: StackBuilder = (scope, stage) => …  in it.`,
  );
}
