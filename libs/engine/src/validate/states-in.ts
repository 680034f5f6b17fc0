import { isObject, type Json } from '../json.ts';

/** The names of all states of a definition, at every depth. */
export function statesIn(definition: unknown): readonly string[] {
  const level = definition as Json | undefined;
  const states = isObject(level) ? level['States'] : undefined;
  return Object.entries(isObject(states) ? states : {}).flatMap(([name, state]) => {
    const { Branches, ItemProcessor, Iterator } = isObject(state) ? state : {};
    const branches = Array.isArray(Branches) ? Branches : [];
    return [name, ...[...branches, ItemProcessor, Iterator].flatMap(statesIn)];
  });
}
