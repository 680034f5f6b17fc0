import { type Fact, type JsonType, object } from './fact.ts';
import { follow } from './lint.ts';
import { ITEM } from './read.ts';
import type { PayloadRead } from './reporter.ts';

/** What a definition reads of a value of its payload. */
export interface PayloadDraft {
  /** Undefined where no use says it. */
  readonly type?: JsonType;
  /** Something asks whether it is there. */
  readonly optional: boolean;
  /** Of an object. */
  readonly fields: Readonly<Record<string, PayloadDraft>>;
  /** Of an array. */
  readonly item?: PayloadDraft;
}

/**
 * Drafts the payload of a definition that nobody has written a contract for, from what its states read
 * of what *Check input* answers. A draft: what a function or a service gets whole is not seen.
 */
export function draftPayload(definition: unknown): PayloadDraft {
  const payload: Fact = { kind: 'unknown', reason: 'the payload', path: [] };
  const input = object({ payload, configuration: object({}) });
  return draftAt([], [...follow(definition, input, input).reads.values()]);
}

function draftAt(path: readonly string[], reads: readonly PayloadRead[]): PayloadDraft {
  const here = reads.filter((read) => read.path.length === path.length);
  const below = reads.filter((read) => read.path.length > path.length);
  const byName = Map.groupBy(below, (read) => read.path[path.length] as string);
  const items = byName.get(ITEM);
  byName.delete(ITEM);
  const said = [...new Set(here.flatMap(({ types }) => [...types]))];
  const type = items !== undefined ? 'array' : byName.size > 0 ? 'object' : one(said);
  const draft = ([name, of]: readonly [string, PayloadRead[]]) =>
    [name, draftAt([...path, name], of)] as const;
  return {
    ...(type !== undefined && { type }),
    optional: here.some(({ asked }) => asked),
    fields: items === undefined ? Object.fromEntries([...byName].map(draft)) : {},
    ...(items !== undefined && { item: draftAt([...path, ITEM], items) }),
  };
}

/** Uses that contradict each other say nothing. */
function one(types: readonly JsonType[]): JsonType | undefined {
  return types.length === 1 ? types[0] : undefined;
}
