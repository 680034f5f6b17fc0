import type { ChildCoverage } from './child-coverage.ts';
import { decides, linesOf } from './lines.ts';

/**
 * Coverage as lcov's tracefile: states are functions, rules, catchers, retriers and branches are
 * branches of their state's line, and each place's line counts.
 * https://github.com/linux-test-project/lcov/blob/master/man/geninfo.1
 */
export function lcov(children: readonly ChildCoverage[]): string {
  return children.map(section).join('');
}

function section({ file, places }: ChildCoverage): string {
  const states = places.filter(({ kind }) => kind === 'state');
  const branches = places.filter(decides);
  const lines = linesOf(places);
  const hit = (of: readonly { readonly count: number }[]): number =>
    of.filter(({ count }) => count > 0).length;
  return [
    'TN:',
    `SF:${file}`,
    ...states.map(({ line, name }) => `FN:${line},${name}`),
    ...states.map(({ count, name }) => `FNDA:${count},${name}`),
    `FNF:${states.length}`,
    `FNH:${hit(states)}`,
    ...branches.map((place, index) => `BRDA:${place.line},0,${index},${place.count}`),
    `BRF:${branches.length}`,
    `BRH:${hit(branches)}`,
    ...lines.map(({ line, count }) => `DA:${line},${count}`),
    `LF:${lines.length}`,
    `LH:${hit(lines)}`,
    'end_of_record',
    '',
  ].join('\n');
}

