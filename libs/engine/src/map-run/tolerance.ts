/** How many of a Map Run's items may fail; both undefined: none. */
export interface Tolerance {
  readonly count: number | undefined;
  readonly percentage: number | undefined;
}

/** Whether so many failed items end the run. With both thresholds, either does. */
export function exceeds({ count, percentage }: Tolerance, failed: number, items: number): boolean {
  if (count === undefined && percentage === undefined) return failed > 0;
  return (
    (count !== undefined && failed > count) ||
    (percentage !== undefined && (100 * failed) / items > percentage)
  );
}
