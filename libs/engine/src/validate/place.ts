import type { Report } from './diagnostic.ts';
import { below } from '../pointer.ts';
import type { StateSite } from './site.ts';

/** Where a value stands. */
export interface Place {
  readonly pointer: string;
  readonly state: StateSite;
  readonly report: Report;
}

export function refuse(place: Place, message: string): void {
  place.report('SCHEMA_VALIDATION_FAILED', place.pointer, message);
}

export function inside(place: Place, ...steps: (string | number)[]): Place {
  return { ...place, pointer: below(place.pointer, ...steps) };
}
