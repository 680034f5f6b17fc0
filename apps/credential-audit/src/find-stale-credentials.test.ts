import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AuditInput, findStaleCredentials } from './find-stale-credentials.ts';

const csv = readFileSync(
  join(import.meta.dirname, '../test/fixtures/credential-report.csv'),
  'utf8',
);
const now = new Date('2026-11-22T06:00:00Z');

function input(
  changes: { csv?: string; maxAgeDays?: number; exemptUsers?: string[] } = {},
): AuditInput {
  return {
    account: { id: '123456789012' },
    configuration: { maxAgeDays: changes.maxAgeDays ?? 90, exemptUsers: changes.exemptUsers ?? [] },
    report: {
      Content: Buffer.from(changes.csv ?? csv).toString('base64'),
      GeneratedTime: '2026-11-22T05:58:31Z',
    },
  };
}

const found = (audit: AuditInput) =>
  findStaleCredentials(audit, now).findings.map(
    ({ user, credential, ageDays }) => `${user} ${credential} ${ageDays}`,
  );

/** The fixture with one cell of one user changed. */
function withCell(user: string, column: string, value: string): string {
  const [header = '', ...rows] = csv.split('\n');
  const position = header.split(',').indexOf(column);
  return [
    header,
    ...rows.map((row) => {
      if (!row.startsWith(`${user},`)) return row;
      return row.split(',').with(position, value).join(',');
    }),
  ].join('\n');
}

describe('findStaleCredentials', () => {
  it('finds active passwords and keys that are too old, oldest first', () => {
    expect(found(input())).toEqual([
      'break-glass password 2485',
      'deploy-bot access_key_1 874',
      'bob password 512',
      'bob access_key_2 384',
      'bob access_key_1 112',
    ]);
  });

  it('says of each finding what its event needs and nothing more', () => {
    expect(findStaleCredentials(input({ maxAgeDays: 800 }), now)).toEqual({
      reportGeneratedAt: '2026-11-22T05:58:31Z',
      usersChecked: 6,
      oldestAgeDays: 2485,
      findings: [
        { user: 'break-glass', credential: 'password', lastChanged: '2020-02-02', ageDays: 2485 },
        { user: 'deploy-bot', credential: 'access_key_1', lastChanged: '2024-07-01', ageDays: 874 },
      ],
    });
  });

  it('leaves exempt users out and does not count them', () => {
    const audit = input({ exemptUsers: ['break-glass', 'bob'], maxAgeDays: 1000 });
    expect(findStaleCredentials(audit, now)).toEqual({
      reportGeneratedAt: '2026-11-22T05:58:31Z',
      usersChecked: 4,
      oldestAgeDays: null,
      findings: [],
    });
  });

  it('calls a credential too old on the day after its last allowed one', () => {
    // Jane's password was changed 90 days before, to the hour.
    expect(found(input({ maxAgeDays: 90 }))).not.toContain('smith, jane password 90');
    expect(found(input({ maxAgeDays: 89 }))).toContain('smith, jane password 90');
  });

  it('ignores credentials that are disabled or absent, however old', () => {
    expect(found(input({ maxAgeDays: 1 })).filter((line) => line.startsWith('deploy-bot'))).toEqual(
      ['deploy-bot access_key_1 874'],
    );
  });

  it("passes over root's password, whose age IAM does not say, but not over root's keys", () => {
    expect(found(input({ maxAgeDays: 1 })).some((line) => line.includes('<root_account>'))).toBe(
      false,
    );
    const active = withCell('<root_account>', 'access_key_1_active', 'true');
    const [header = '', root = '', ...rest] = active.split('\n');
    const position = header.split(',').indexOf('access_key_1_last_rotated');
    const withKey = [
      header,
      root.split(',').with(position, '2019-03-04T09:12:55+00:00').join(','),
      ...rest,
    ];
    expect(found(input({ csv: withKey.join('\n') }))[0]).toBe('<root_account> access_key_1 2819');
  });

  it.each(['no_information', 'N/A', 'not_supported'])(
    'does not call an active credential too old when its age is %s',
    (value) => {
      const audit = input({ csv: withCell('bob', 'password_last_changed', value) });
      expect(found(audit)).not.toContainEqual(expect.stringContaining('bob password'));
    },
  );

  it('finds the columns by name, so that new ones do no harm', () => {
    const wider = csv
      .trim()
      .split('\n')
      .map((line, index) => (index === 0 ? `new_column,${line}` : `x,${line}`))
      .join('\r\n');
    expect(found(input({ csv: wider }))).toEqual(found(input()));
  });

  it('refuses a report of another account', () => {
    const audit = { ...input(), account: { id: '210987654321' } };
    expect(() => findStaleCredentials(audit, now)).toThrow(
      expect.objectContaining({
        name: 'WrongAccount',
        message: expect.stringContaining('account 123456789012') as string,
      }),
    );
  });

  it.each([
    ['cut off', csv.slice(0, 1500), 'Row'],
    ['without a column', csv.replace('access_key_2_active', 'other'), 'access_key_2_active'],
    ['empty', '', 'no column user'],
    ['no CSV', `${csv.split('\n')[0]}\n"a`, 'not a CSV'],
  ])('refuses a report that is %s', (_case, text, message) => {
    expect(() => findStaleCredentials(input({ csv: text }), now)).toThrow(
      expect.objectContaining({
        name: 'UnreadableCredentialReport',
        message: expect.stringContaining(message) as string,
      }),
    );
  });

  it('keeps the findings of the largest report that fits below what a state may put out', () => {
    // 256 KiB of Base64 is 192 KiB of CSV; every user has all three credentials.
    const header = csv.split('\n')[0] ?? '';
    for (const nameLength of [1, 20, 64]) {
      const row = (index: number) => {
        const user = String(index).padStart(nameLength, 'u').slice(-nameLength);
        const old = '2015-01-01T00:00:00+00:00';
        return `${user},arn:aws:iam::123456789012:user/${user},${old},true,${old},${old},N/A,false,true,${old},N/A,N/A,N/A,true,${old},N/A,N/A,N/A,false,N/A,false,N/A`;
      };
      const rows = [header];
      let size = header.length;
      while (size < 192 * 1024) {
        const next = row(rows.length);
        rows.push(next);
        size += next.length + 1;
      }
      const { findings } = findStaleCredentials(input({ csv: rows.slice(0, -1).join('\n') }), now);
      expect(findings.length).toBeLessThan(3000);
      expect(JSON.stringify(findings).length).toBeLessThan(256 * 1024 - 1024);
    }
  });
});
