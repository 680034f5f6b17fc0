import type { Feature } from './features.ts';

/** The table in docs/engine.md, between its two markers. */
export function featureTable(features: readonly Feature[]): string {
  const rows = features.map(({ group, name, note = '', examples }) => {
    const has = (language: string): string =>
      examples.some((example) => example.language === language) ? 'yes' : '–';
    return [group, name, has('JSONPath'), has('JSONata'), note];
  });
  const table = [['', 'feature', 'JSONPath', 'JSONata', 'note'], ...rows];
  const widths = table[0]?.map((_, column) =>
    Math.max(3, ...table.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = table;
  const rule = `| ${(widths ?? []).map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...body.map(line)].join('\n');
}

export const begin = '<!-- features: generated from libs/engine/features -->';
export const finish = '<!-- /features -->';
