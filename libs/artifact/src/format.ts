/**
 * The rendered formats that are read, by number. 1 is what was rendered before the format had a
 * number: a definition or a record without one. A run in flight keeps the definition that it
 * started with for as long as a year, and so does a record whose stack is not deployed again.
 */
export const FORMATS = [1, 2] as const;

export type Format = (typeof FORMATS)[number];

/** The format that is written. Whatever a reader of the last one would take amiss raises it. */
export const FORMAT = 2 satisfies Format;

/** The format that a document names; undefined where this version knows no such format. */
export function formatNamed(value: unknown): Format | undefined {
  return value === undefined ? 1 : FORMATS.find((format) => format === value);
}
