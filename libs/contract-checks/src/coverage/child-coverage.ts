import type { PlaceKind } from '@harmony/engine';
import { pointerSteps, readDefinitionText } from '@harmony/engine/validate';
import { kinds } from './kinds.ts';
import type { CoverageRecord, ReachedPlace } from './record.ts';
import type { UnusedMock } from './unused-mocks.ts';

export interface CoveredPlace extends ReachedPlace {
  /** `Get forecast: Catch[0]`; a state's is its name alone. */
  readonly name: string;
  /** In the definition's text, counted from 1. */
  readonly line: number;
  readonly column: number;
}

/** How many of a kind there are, and how many were reached. */
export interface CoverageTotal {
  readonly reached: number;
  readonly total: number;
}

export interface ChildCoverage {
  readonly child: string;
  /** The definition, from the workspace's root. */
  readonly file: string;
  readonly totals: Readonly<Record<PlaceKind, CoverageTotal>>;
  /** In the order of the text. */
  readonly places: readonly CoveredPlace[];
  readonly unusedMocks: readonly UnusedMock[];
}

/** Puts the records of a child's test files together, on the lines of its definition. */
export function mergeCoverage(
  child: string,
  file: string,
  text: string,
  records: readonly Pick<CoverageRecord, 'places'>[],
): Omit<ChildCoverage, 'unusedMocks'> {
  const merged = new Map<string, ReachedPlace>();
  for (const place of records.flatMap(({ places }) => places)) {
    const key = `${place.kind} ${place.pointer}`;
    merged.set(key, { ...place, count: place.count + (merged.get(key)?.count ?? 0) });
  }
  const definition = readDefinitionText(text);
  const places = [...merged.values()]
    .map((place): CoveredPlace => ({
      ...place,
      name: nameOf(place.pointer),
      ...definition.at(place.pointer),
    }))
    .sort((a, b) => a.line - b.line || a.column - b.column || order(a) - order(b));
  const totals = Object.fromEntries(
    kinds.map((kind) => {
      const of = places.filter((place) => place.kind === kind);
      return [kind, { reached: of.filter(({ count }) => count > 0).length, total: of.length }];
    }),
  ) as Record<PlaceKind, CoverageTotal>;
  return { child, file, totals, places };
}

const order = ({ kind }: ReachedPlace): number => kinds.indexOf(kind);

/** The places that no run came by, as lines: `apps/x/workflow.asl.yaml:12:9: catcher Ask: Catch[0]`. */
export function unreachedLines(
  { file, places }: Pick<ChildCoverage, 'file' | 'places'>,
  of: readonly PlaceKind[] = kinds,
): string[] {
  return places
    .filter(({ kind, count }) => count === 0 && of.includes(kind))
    .map(({ kind, name, line, column }) => `${file}:${line}:${column}: ${kind} ${name}`);
}

/** A pointer as people say it: the innermost state, and what of it. */
function nameOf(pointer: string): string {
  const steps = pointerSteps(pointer);
  let at = 0;
  // From graph to graph: States/NAME, then Branches/N or ItemProcessor or Iterator, and States again.
  for (let next = 0; steps[next] === 'States'; next += steps[next + 2] === 'Branches' ? 4 : 3) {
    at = next + 1;
  }
  const rest = steps.slice(at + 1);
  const state = steps[at] ?? '';
  if (rest.length === 0) return state;
  const field = rest
    .map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
  return `${state}: ${field}`;
}
