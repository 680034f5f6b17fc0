import type { SchemaDiff } from '../compatibility/schema-change.ts';
import type { Json, JsonSchema } from '../json.ts';
import { generate } from '../sample/generate.ts';
import { seeded } from '../sample/choices.ts';
import { validator } from '../validator.ts';
import { mutations, VALUES } from './schemas.ts';

/** What is wrong with a verdict, with the value that shows it; undefined where nothing is. */
export function refute(
  from: JsonSchema,
  to: JsonSchema,
  { verdict, changes }: SchemaDiff,
  samples = 12,
): { readonly why: string; readonly value?: Json } | undefined {
  const sends = validator(from);
  const accepts = validator(to);
  for (const change of changes) {
    const value = change.counterexample;
    if ((change.verdict === 'breaking') !== (value !== undefined)) {
      return { why: 'breaking without a counterexample, or the other way round' };
    }
    if (value === undefined) continue;
    if (!sends(value)) return { why: 'a counterexample that is not sent', value };
    if (accepts(value)) return { why: 'a counterexample that is accepted', value };
  }
  if (verdict !== 'compatible') return undefined;
  const make = generate(from);
  const made = Array.from({ length: samples }, (_, seed) => make(seeded(seed)));
  const values = [...VALUES, ...made.filter((value) => value !== undefined)];
  for (const value of values.flatMap((each) => [each, ...mutations(each)])) {
    if (sends(value) && !accepts(value)) return { why: 'compatible, but refused', value };
  }
  return undefined;
}
