import { ContractChecksError } from '../errors.ts';
import type { Finding } from '../finding.ts';

/** A finding that a team has looked at and lives with. */
export interface Acceptance {
  readonly code: string;
  /** As the finding names it: `configuration.note`, `/States/Rest/Seconds`. */
  readonly path: string;
  readonly reason: string;
}

/** The findings that a child's team accepts: `accepted-findings.json` beside its state machine. */
export interface Accepted {
  /** As messages should name it. */
  readonly file: string;
  readonly list: readonly Acceptance[];
}

export const ACCEPTED_FILE = 'accepted-findings.json';

/**
 * Reads such a file.
 * @throws {ContractChecksError} `FILE_UNREADABLE` where an entry lacks its code, its path or a reason
 */
export function readAccepted(text: string, file: string): Accepted {
  const refuse = (what: string): never => {
    const message = `${file}: ${what}. It holds a list of { "code", "path", "reason" }: which findings of contracts lint are accepted, and why.`;
    throw new ContractChecksError('FILE_UNREADABLE', message);
  };
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    return refuse(`it isn't JSON (${(error as Error).message})`);
  }
  if (!Array.isArray(list)) return refuse("it isn't a list");
  for (const [index, each] of (list as unknown[]).entries()) {
    for (const field of ['code', 'path', 'reason'] as const) {
      const value = (each as Partial<Acceptance> | null)?.[field];
      if (typeof value !== 'string' || value.trim() === '') refuse(`[${index}] has no ${field}`);
    }
  }
  return { file, list: list as Acceptance[] };
}

/** What is left of the findings, with one more for each acceptance that no longer matches any. */
export function withoutAccepted<T extends Finding>(
  findings: readonly T[],
  accepted: Accepted | undefined,
): {
  readonly left: readonly T[];
  readonly accepted: readonly T[];
  readonly stale: readonly Finding<'ACCEPTANCE_UNUSED'>[];
} {
  const list = accepted?.list ?? [];
  const matches = ({ code, path }: Acceptance, finding: Finding) =>
    finding.code === code && finding.path === path;
  const isAccepted = (finding: T) => list.some((each) => matches(each, finding));
  return {
    left: findings.filter((finding) => !isAccepted(finding)),
    accepted: findings.filter(isAccepted),
    stale: list
      .filter((each) => !findings.some((finding) => matches(each, finding)))
      .map(({ code, path }) => ({
        ...{ code: 'ACCEPTANCE_UNUSED', severity: 'warning', path },
        message: `${code} is accepted there, but contracts lint no longer finds it`,
        fix: `Remove the entry from ${accepted?.file ?? ''}.`,
        ...(accepted ? { file: accepted.file, line: 1, column: 1 } : {}),
      })),
  };
}
