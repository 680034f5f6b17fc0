import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConstructError } from './errors.ts';
import type { StackBuilder } from './synthesise.ts';

/**
 * The stacks of an app, one a file: `<folder>/<id>.ts` exports `stack`, which fills the stack `<id>`.
 * So adding or removing a stack adds or removes a file, and two at once never meet in one.
 *
 * @param only the id of the one stack to load; the files of the others are not looked at
 * @throws ConstructError `STACK_INVALID` for a file that exports no `stack`, or isn't there
 */
export async function loadStacks(
  folder: string,
  only?: string,
): Promise<Readonly<Record<string, StackBuilder>>> {
  if (only !== undefined) return { [only]: await load(join(folder, `${only}.ts`)) };
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
  if (!existsSync(file)) {
    throw new ConstructError(
      'STACK_INVALID',
      `There is no stack ${basename(file, '.ts')}: ${file} isn't there.`,
    );
  }
  const { stack } = (await import(pathToFileURL(file).href)) as { readonly stack?: unknown };
  if (typeof stack === 'function') return stack as StackBuilder;
  throw new ConstructError(
    'STACK_INVALID',
    `${file} exports no stack: write  export const stack: StackBuilder = (scope, stage) => …  in it.`,
  );
}
