import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Io } from '../../io.ts';
import { UsageError } from '../../usage-error.ts';

/** The histories of one state machine. */
export interface Records {
  /** Of the state machine. */
  readonly name: string;
  /** As the user would write them from where they are. */
  readonly files: readonly string[];
}

/** Where a child's records are kept, from the workspace's root. */
const RECORDS = /^apps\/([^/]+)\/records\//;

/**
 * Finds what to replay: what is on the command line, or what the children keep.
 * @param what histories, folders of them, and at most one name
 * @throws UsageError
 */
export function recordsOf(
  what: readonly string[],
  { root, fromAws }: { readonly root: string; readonly fromAws: boolean },
  io: Io,
): readonly Records[] {
  const isPath = (text: string) => text.includes('/') || /\.json$/i.test(text);
  const names = what.filter((text) => !isPath(text));
  const [name, other] = names;
  if (other !== undefined) {
    throw new UsageError(
      `${names.join(' and ')} are two names: replay one state machine at a time, and write a folder with a slash.`,
    );
  }
  const given = what.filter(isPath).flatMap((path) => filesIn(path, io.cwd));
  if (given.length > 0) return [{ name: name ?? nameOf(given, root, io), files: given }];
  if (fromAws) {
    if (name !== undefined) return [{ name, files: [] }];
    throw new UsageError('--last: name the state machine whose executions to replay.');
  }
  const children = existsSync(join(root, 'apps')) ? readdirSync(join(root, 'apps')).sort() : [];
  const kept = children
    .filter((child) => name === undefined || child === name)
    .map((child) => ({ name: child, folder: join(root, 'apps', child, 'records') }))
    .filter(({ folder }) => existsSync(folder))
    .map((each) => ({ name: each.name, files: filesIn(each.folder, io.cwd) }));
  if (kept.length > 0) return kept;
  throw new UsageError(
    `there is nothing to replay: ${name === undefined ? 'no child' : name} keeps ${name === undefined ? 'any' : 'no'} histories (apps/${name ?? '<child>'}/records/*.json). Name files, or read them from AWS with --last.`,
  );
}

/** A file, or the histories in a folder, by name. */
function filesIn(path: string, cwd: string): string[] {
  const absolute = resolve(cwd, path);
  const shown = relative(cwd, absolute) || '.';
  if (!existsSync(absolute)) throw new UsageError(`${path} cannot be read: there is no such file.`);
  if (!statSync(absolute).isDirectory()) return [shown];
  const files = readdirSync(absolute).filter((file) => file.endsWith('.json'));
  if (files.length === 0) throw new UsageError(`${path} holds no history: no file ends in .json.`);
  return files.sort().map((file) => join(shown, file));
}

/** The child that keeps all of them. */
function nameOf(files: readonly string[], root: string, io: Io): string {
  const names = new Set(
    files.map((file) => {
      const from = relative(root, resolve(io.cwd, file)).replaceAll('\\', '/');
      return RECORDS.exec(from)?.[1];
    }),
  );
  const [name] = names;
  if (names.size === 1 && name !== undefined) return name;
  throw new UsageError('name the state machine that these are histories of, after them.');
}
