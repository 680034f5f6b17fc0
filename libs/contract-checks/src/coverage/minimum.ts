import type { PlaceKind } from '@harmony/engine';
import type { Finding } from '../finding.ts';
import type { ChildCoverage, CoverageTotal } from './child-coverage.ts';
import { KINDS, kinds } from './kinds.ts';

/** The least percentage of each kind that the tests must reach; a kind that is not named may be at 0. */
export type CoverageMinimum = Readonly<Partial<Record<PlaceKind, number>>>;

/**
 * Reads `90`, for all kinds, or `states=100`.
 * @returns undefined for anything else
 */
export function parseMinimum(text: string): CoverageMinimum | undefined {
  const match = /^(?:([a-z]+)=)?(\d{1,3}(?:\.\d+)?)$/.exec(text);
  const percent = Number(match?.[2]);
  if (match === null || percent > 100) return undefined;
  const named = kinds.filter((kind) => match[1] === undefined || KINDS[kind] === match[1]);
  if (named.length === 0) return undefined;
  return Object.fromEntries(named.map((kind) => [kind, percent]));
}

/** 100 where there is nothing to reach. */
export function percentOf({ reached, total }: CoverageTotal): number {
  return total === 0 ? 100 : (100 * reached) / total;
}

/** A finding for each kind of which too little was reached. */
export function belowMinimum(
  { child, file, totals }: ChildCoverage,
  minimum: CoverageMinimum,
): Finding<'COVERAGE_TOO_LOW'>[] {
  return kinds.flatMap((kind) => {
    const least = minimum[kind] ?? 0;
    const percent = percentOf(totals[kind]);
    if (percent >= least) return [];
    const { reached, total } = totals[kind];
    return {
      code: 'COVERAGE_TOO_LOW',
      severity: 'error',
      path: child,
      file,
      message: `the tests reach ${reached} of ${total} ${KINDS[kind]}, ${shownPercent(percent)}, and ${least} % are asked for`,
    } as const;
  });
}

/** Rounded down: only all is 100 %. */
export function shownPercent(percent: number): string {
  return `${Math.floor(percent * 10) / 10} %`;
}
