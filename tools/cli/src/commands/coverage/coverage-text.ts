import {
  type ChildCoverage,
  KINDS,
  kinds,
  percentOf,
  shownPercent,
  unreachedLines,
} from '@harmony/contract-checks/coverage';
import { printable } from '../../terminal/text.ts';

/** A table with a line for each child, and what is left out below it. */
export function coverageText(children: readonly ChildCoverage[]): string[] {
  const rows = [
    ['', ...kinds.map((kind) => KINDS[kind])],
    ...children.map(({ child, totals }) => [
      child,
      ...kinds.map((kind) => {
        const { reached, total } = totals[kind];
        return total === 0 ? '–' : `${reached}/${total} ${shownPercent(percentOf(totals[kind]))}`;
      }),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const table = rows.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd(),
  );
  const left = children.flatMap((child) => unreachedLines(child)).map(printable);
  const unused = children.flatMap(({ unusedMocks }) =>
    unusedMocks.map(({ file, line, column, testCase, state }) =>
      printable(`${file}:${line}:${column}: ${testCase}: ${state}`),
    ),
  );
  return [
    ...table,
    ...(left.length === 0 ? [] : ['', 'Reached by no test:', ...left]),
    ...(unused.length === 0 ? [] : ['', 'Mocks that no test used:', ...unused]),
  ];
}
