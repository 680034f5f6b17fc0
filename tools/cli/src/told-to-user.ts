import { isHarmonyError } from '@harmony/errors';
import type { ExitStatus } from './command.ts';

/** What the user reads of an error, and the status to exit with. */
export interface Told {
  readonly message: string;
  readonly status: ExitStatus;
}

/** What the machine refuses, in words; the rest of Node's codes point to a fault of ours. */
const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: 'permission was denied',
  EEXIST: 'there is something of that name already',
  EFBIG: 'the file is larger than this process may write',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is longer than the system takes',
  ENFILE: 'too many files are open on this machine',
  ENOENT: "it doesn't exist, or no longer does",
  ENOSPC: 'the disk is full',
  ENOTDIR: "a part of its path isn't a folder",
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
};

/**
 * The one place that tells what a user can put right from a fault of Harmony itself, for which it
 * answers undefined.
 */
export function toldToUser(error: unknown): Told | undefined {
  if (isHarmonyError(error)) return { message: error.message, status: 2 };
  if (!(error instanceof Error)) return undefined;
  const { code, syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const reason = code === undefined || syscall === undefined ? undefined : SYSTEM[code];
  if (reason === undefined) return undefined;
  const what = [syscall, dest ?? path].filter((part) => part !== undefined).join(' ');
  return { message: `${what}: ${reason} (${code}).`, status: 1 };
}
