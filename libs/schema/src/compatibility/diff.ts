import type { JsonSchema } from '../json.ts';
import { compareSchemas } from '../compare/compare.ts';
import type { Difference } from '../compare/difference.ts';
import { withCaches } from '../work.ts';
import { changedDefaults } from './defaults.ts';
import type { Direction, SchemaChange, SchemaDiff, Verdict } from './schema-change.ts';

/**
 * Compares two versions of one schema. An input schema must accept all that the old one accepted;
 * an output schema may give only what the old one could give. A `breaking` change has a
 * counterexample that ajv confirmed against both; what cannot be decided is `unknown`.
 */
export function diffSchemas(old: JsonSchema, next: JsonSchema, direction: Direction): SchemaDiff {
  return withCaches(() => diffBothWays(old, next, direction));
}

function diffBothWays(old: JsonSchema, next: JsonSchema, direction: Direction): SchemaDiff {
  const [from, to] = direction === 'input' ? [old, next] : [next, old];
  const broken = compareSchemas({ from, to }).map((found) => describe(found, direction));
  // What is accepted in the other direction only is the harmless half of a change: it is listed,
  // and needs no counterexample.
  const places = new Set(broken.map(({ pointer }) => pointer));
  const harmless = compareSchemas({ from: to, to: from, unconfirmed: true })
    .filter(({ pointer, rule }) => !places.has(pointer) && rule !== 'bounds' && rule !== '$schema')
    .map((found) => widening(found, direction));
  const isRead = broken.every(({ rule }) => rule !== '$schema');
  const defaults = isRead ? changedDefaults(old, next, direction) : [];
  const changes = [...broken, ...unique(harmless), ...defaults];
  return { verdict: worst(changes), changes };
}

/** The worst of them; `compatible` for none. */
export function worst(changes: readonly { readonly verdict: Verdict }[]): Verdict {
  if (changes.some(({ verdict }) => verdict === 'breaking')) return 'breaking';
  return changes.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'compatible';
}

function describe(found: Difference, direction: Direction): SchemaChange {
  const { verdict, pointer, rule, sent, accepted, counterexample } = found;
  // Of a comparison that was not made there is no before and after to tell.
  if (rule === 'bounds' || rule === '$schema') {
    const { message } = found;
    return { verdict, pointer, rule, message, ...(counterexample ? { counterexample } : {}) };
  }
  const was =
    direction === 'input' ? `was: ${sent}; now: ${accepted}` : `was: ${accepted}; now: ${sent}`;
  const why = counterexample === undefined ? ' (could not be decided)' : '';
  return {
    verdict,
    pointer,
    rule,
    message: was + why,
    ...(counterexample === undefined ? {} : { counterexample }),
  };
}

function widening(found: Difference, direction: Direction): SchemaChange {
  const { pointer, rule, sent, accepted } = found;
  const was =
    direction === 'input' ? `was: ${accepted}; now: ${sent}` : `was: ${sent}; now: ${accepted}`;
  return { verdict: 'compatible', pointer, rule, message: was };
}

function unique(changes: readonly SchemaChange[]): SchemaChange[] {
  const seen = new Set<string>();
  return changes.filter(({ pointer, rule }) => {
    const key = `${pointer} ${rule}`;
    return !seen.has(key) && seen.add(key);
  });
}
