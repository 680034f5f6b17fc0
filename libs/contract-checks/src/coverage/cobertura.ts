import type { ChildCoverage } from './child-coverage.ts';
import { decides, linesOf, type CoveredLine } from './lines.ts';

/**
 * Coverage as Cobertura's XML, a class for each definition.
 * https://github.com/cobertura/cobertura/blob/master/cobertura/src/site/htdocs/xml/coverage-04.dtd
 * @param at in milliseconds since the epoch
 */
export function cobertura(children: readonly ChildCoverage[], at: number): string {
  const all = children.map((child) => ({ ...child, lines: linesOf(child.places) }));
  const lines = all.flatMap((child) => child.lines);
  const branches = children.flatMap(({ places }) => places.filter(decides));
  const classes = all.map(({ child, file, lines: own, places }) => [
    `        <class name="${escapeXml(child)}" filename="${escapeXml(file)}" line-rate="${rate(own)}" branch-rate="${rate(places.filter(decides))}" complexity="0">`,
    '          <methods/>',
    '          <lines>',
    ...own.map(lineElement),
    '          </lines>',
    '        </class>',
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">',
    `<coverage line-rate="${rate(lines)}" branch-rate="${rate(branches)}" lines-covered="${hits(lines)}" lines-valid="${lines.length}" branches-covered="${hits(branches)}" branches-valid="${branches.length}" complexity="0" version="1" timestamp="${at}">`,
    '  <sources>',
    '    <source>.</source>',
    '  </sources>',
    '  <packages>',
    `    <package name="apps" line-rate="${rate(lines)}" branch-rate="${rate(branches)}" complexity="0">`,
    '      <classes>',
    ...classes.flat(),
    '      </classes>',
    '    </package>',
    '  </packages>',
    '</coverage>',
    '',
  ].join('\n');
}

function lineElement({ line, count, branches }: CoveredLine): string {
  const start = `            <line number="${line}" hits="${count}"`;
  if (branches.length === 0) return `${start} branch="false"/>`;
  const taken = hits(branches);
  const percent = Math.floor((100 * taken) / branches.length);
  return `${start} branch="true" condition-coverage="${percent}% (${taken}/${branches.length})"/>`;
}

type Counted = readonly { readonly count: number }[];

const hits = (of: Counted): number => of.filter(({ count }) => count > 0).length;

/** From 0 to 1, rounded down. */
function rate(of: Counted): string {
  return of.length === 0 ? '1' : String(Math.floor((1e4 * hits(of)) / of.length) / 1e4);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
