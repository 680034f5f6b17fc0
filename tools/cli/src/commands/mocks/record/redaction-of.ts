import { Redaction } from '@harmony/contract-checks/recording';
import { UsageError } from '../../../usage-error.ts';
import type { RecordFlags } from './flags.ts';

/** @throws UsageError for a pattern that is none */
export function redactionOf({ redact = [], keep = [] }: RecordFlags): Redaction {
  const patterns = redact.map((text): [string, RegExp] => {
    const [, name, source] = /^([\w-]+)=(.+)$/s.exec(text) ?? [];
    if (name === undefined || source === undefined) {
      throw new UsageError(`--redact ${text}: write NAME=PATTERN, e.g. customer=C-[0-9]+`);
    }
    try {
      return [name, new RegExp(source, 'g')];
    } catch (error) {
      throw new UsageError(`--redact ${text}: ${(error as Error).message}.`, { cause: error });
    }
  });
  return new Redaction({ patterns: new Map(patterns), keep: new Set(keep) });
}
