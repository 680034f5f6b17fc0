import type { CredentialAuditInput } from '@harmony/credential-audit-contract';
import { HandlerError } from '@harmony/handler';
import { parseCredentialReport, type ReportRow } from './credential-report.ts';

export interface AuditInput {
  account: CredentialAuditInput['payload']['account'];
  configuration: CredentialAuditInput['configuration'];
  /** The parts of GetCredentialReport's answer that are read; Content is a Base64 CSV. */
  report: { Content: string; GeneratedTime: string };
}

/** One credential, and nothing that its event does not say: up to 3,000 of these share 256 KiB. */
export interface Finding {
  user: string;
  credential: 'password' | 'access_key_1' | 'access_key_2';
  /** Day of UTC on which it was last changed, rotated or made. */
  lastChanged: string;
  /** Whole days from then to the run. */
  ageDays: number;
}

export interface AuditResult {
  reportGeneratedAt: string;
  usersChecked: number;
  oldestAgeDays: number | null;
  findings: Finding[];
}

const CREDENTIALS = [
  { credential: 'password', active: 'password_enabled', changed: 'password_last_changed' },
  {
    credential: 'access_key_1',
    active: 'access_key_1_active',
    changed: 'access_key_1_last_rotated',
  },
  {
    credential: 'access_key_2',
    active: 'access_key_2_active',
    changed: 'access_key_2_last_rotated',
  },
] as const;

const DAY_MS = 86_400_000;

/**
 * The active passwords and access keys older than `maxAgeDays`, oldest first.
 *
 * The root user's password is not among them: the report does not say when it was changed. Its
 * access keys are.
 *
 * @throws HandlerError `UnreadableCredentialReport`; `WrongAccount` when the report is about another
 *   account than the payload's: an empty result would be read as "all is well" there.
 */
export function findStaleCredentials(input: AuditInput, now: Date): AuditResult {
  const { account, configuration, report } = input;
  const rows = parseCredentialReport(report.Content);
  const foreign = rows.find((row) => accountOf(row.arn) !== account.id);
  if (foreign !== undefined) {
    throw new HandlerError(
      'WrongAccount',
      `payload.account.id is ${account.id}, but the credential report is of account ` +
        `${accountOf(foreign.arn)}: run credential-audit in the account it audits.`,
    );
  }
  const exempt = new Set(configuration.exemptUsers);
  const checked = rows.filter((row) => !exempt.has(row.user));
  const findings = checked
    .flatMap((row) => staleCredentials(row, configuration.maxAgeDays, now))
    .sort((a, b) => b.ageDays - a.ageDays);
  return {
    reportGeneratedAt: report.GeneratedTime,
    usersChecked: checked.length,
    oldestAgeDays: findings[0]?.ageDays ?? null,
    findings,
  };
}

function staleCredentials(row: ReportRow, maxAgeDays: number, now: Date): Finding[] {
  return CREDENTIALS.flatMap(({ credential, active, changed }) => {
    // Besides true and false: not_supported (root's password) and N/A.
    if (row[active] !== 'true') return [];
    const time = Date.parse(row[changed]);
    // An active credential of unknown age (no_information, N/A) cannot be called too old.
    if (Number.isNaN(time)) return [];
    const ageDays = Math.floor((now.getTime() - time) / DAY_MS);
    if (ageDays <= maxAgeDays) return [];
    return [
      {
        user: row.user,
        credential,
        lastChanged: new Date(time).toISOString().slice(0, 10),
        ageDays,
      },
    ];
  });
}

/** `arn:aws:iam::123456789012:user/alice` → `123456789012` */
function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
