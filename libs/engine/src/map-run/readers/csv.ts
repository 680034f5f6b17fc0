/**
 * Columns and rows of a text delimited file, by the rules that Step Functions documents for them
 * (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html): a quoted
 * field may hold the delimiter and line ends; a doubled quote is one quote, in an unquoted field
 * too; a backslash escapes a backslash, a quote and the delimiter, and is dropped before anything
 * else.
 */
export function parseCsv(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  let started = false;
  const add = (char: string): void => {
    field += char;
    started = true;
  };
  const endField = (): void => {
    row.push(field);
    field = '';
    started = false;
  };
  const endRow = (): void => {
    endField();
    // A blank line is no row.
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  for (let index = 0; index < text.length; index++) {
    const char = text[index] as string;
    const next = text[index + 1];
    if (char === '\\') {
      if (next === '\\' || next === '"' || next === delimiter) {
        add(next);
        index++;
      }
    } else if (char === '"') {
      if (next === '"' && (quoted || started)) {
        add('"');
        index++;
      } else if (quoted) quoted = false;
      else if (started) add('"');
      else {
        quoted = true;
        started = true;
      }
    } else if (quoted) add(char);
    else if (char === delimiter) endField();
    else if (char === '\n') endRow();
    else if (char === '\r' && next === '\n') continue;
    else add(char);
  }
  if (field !== '' || row.length > 0 || started) endRow();
  return rows;
}

/**
 * Rows as objects: missing fields become '', fields without a header are dropped
 * (AWS documentation, input-output-itemreader).
 */
export function rowsToItems(
  headers: readonly string[],
  rows: readonly string[][],
): { [header: string]: string }[] {
  return rows.map((row) =>
    // Own fields only: a header may be `__proto__`.
    Object.fromEntries(headers.map((header, column) => [header, row[column] ?? ''])),
  );
}

export const delimiters: { readonly [name: string]: string | undefined } = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};
