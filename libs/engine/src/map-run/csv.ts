/** Columns and rows of a CSV text as ItemReader reads them (RFC 4180 quoting). */
export function parseCsv(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  let started = false;
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
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[index + 1] === '"') {
        field += '"';
        index++;
      } else quoted = false;
    } else if (char === '"' && !started) {
      quoted = true;
      started = true;
    } else if (char === delimiter) endField();
    else if (char === '\n') endRow();
    else if (char === '\r' && text[index + 1] === '\n') continue;
    else {
      field += char;
      started = true;
    }
  }
  if (field !== '' || row.length > 0 || started) endRow();
  return rows;
}

/**
 * Rows as objects: missing fields become '', fields without a header are dropped
 * (AWS documentation, input-output-itemreader).
 */
export function rowsToItems(headers: readonly string[], rows: readonly string[][]): object[] {
  return rows.map((row) => {
    // Null-prototype while it is built: a header may be `__proto__`.
    const item = Object.create(null) as { [header: string]: string };
    headers.forEach((header, column) => (item[header] = row[column] ?? ''));
    return item;
  });
}

export const delimiters: { readonly [name: string]: string | undefined } = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};
