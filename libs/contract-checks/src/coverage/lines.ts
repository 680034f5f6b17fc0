import type { CoveredPlace } from './child-coverage.ts';

/** Something that a run may take or not, as against what it comes by. */
export function decides({ kind }: CoveredPlace): boolean {
  return kind === 'rule' || kind === 'catcher' || kind === 'retrier' || kind === 'branch';
}

export interface CoveredLine {
  readonly line: number;
  /** Of its places the least reached: a line is only as good as what it leaves out. */
  readonly count: number;
  readonly branches: readonly CoveredPlace[];
}

/** The definition's lines on which something stands that can be reached, in order. */
export function linesOf(places: readonly CoveredPlace[]): CoveredLine[] {
  const byLine = Map.groupBy(places, ({ line }) => line);
  return [...byLine].map(([line, on]) => ({
    line,
    count: Math.min(...on.map(({ count }) => count)),
    branches: on.filter(decides),
  }));
}
