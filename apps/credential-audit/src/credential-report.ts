import { HandlerError } from '@harmony/handler';

/**
 * The columns that are read, of some twenty.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
const COLUMNS = [
  'user',
  'arn',
  'password_enabled',
  'password_last_changed',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_2_active',
  'access_key_2_last_rotated',
] as const;

/** One user of the report. Values are IAM's own text: `true`, a time, `N/A`, `not_supported`, … */
export type ReportRow = Record<(typeof COLUMNS)[number], string>;

/**
 * Reads an IAM credential report.
 *
 * Columns are found by name, since IAM adds columns. User names may hold commas, so cells may be
 * quoted.
 *
 * @param content the CSV in Base64, as GetCredentialReport answers
 * @throws HandlerError `UnreadableCredentialReport` when it is not such a report
 */
export function parseCredentialReport(content: string): ReportRow[] {
  const [header = [], ...records] = parseCsv(Buffer.from(content, 'base64').toString('utf8'));
  const positions = COLUMNS.map((column) => {
    const position = header.indexOf(column);
    if (position < 0) {
      throw new HandlerError(
        'UnreadableCredentialReport',
        `The credential report has no column ${column}. Its first cell is ` +
          `${JSON.stringify((header[0] ?? '').slice(0, 40))}: expected the Base64 of a CSV with a header.`,
      );
    }
    return [column, position] as const;
  });
  return records.map((cells, index) => {
    if (cells.length !== header.length) {
      throw new HandlerError(
        'UnreadableCredentialReport',
        `Row ${index + 2} of the credential report has ${cells.length} cells, its header ` +
          `${header.length}: the report is cut off or garbled.`,
      );
    }
    return Object.fromEntries(
      positions.map(([column, position]) => [column, cells[position] ?? '']),
    ) as ReportRow;
  });
}

/** RFC 4180; empty lines are no records. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  // A cell, quoted or bare, and what ends it.
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (match === null) {
      throw new HandlerError(
        'UnreadableCredentialReport',
        'The credential report is not a CSV file.',
      );
    }
    const [, quoted, bare = '', end] = match;
    cells.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',' && cell.lastIndex < text.length) continue;
    if (end === ',') cells.push('');
    if (cells.length > 1 || cells[0] !== '') records.push(cells);
    cells = [];
  }
  return records;
}
