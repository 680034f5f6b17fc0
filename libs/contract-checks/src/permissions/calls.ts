import { type AwsCall, type CallArguments, readResource } from '@harmony/aws-calls';
import { isObject } from '@harmony/schema';

/** A call in a definition. */
export interface DefinedCall {
  /** The name of the state that makes it; names are unique in a state machine. */
  readonly state: string;
  readonly call: AwsCall;
  readonly given: CallArguments;
  /** What makes it: the Task itself, or a Map's reader or writer. */
  readonly by: 'Task' | 'ItemReader' | 'ResultWriter';
  /** Under a role of its own it is not allowed by the state machine's. */
  readonly hasOwnRole: boolean;
}

/** Every call that a definition can make, those in Maps and Parallels and of readers among them. */
export function callsIn(definition: unknown): DefinedCall[] {
  const states = isObject(definition) ? definition['States'] : undefined;
  if (!isObject(states)) return [];
  return Object.entries(states).flatMap(([name, state]) =>
    isObject(state) ? callsOf(name, state) : [],
  );
}

function callsOf(state: string, fields: Readonly<Record<string, unknown>>): DefinedCall[] {
  const { Type, Branches, ItemProcessor, Iterator, ItemReader, ResultWriter } = fields;
  const branches = Array.isArray(Branches) ? Branches : [];
  return [
    ...(Type === 'Task' ? callAt(state, fields, 'Task') : []),
    ...callAt(state, ItemReader, 'ItemReader'),
    ...callAt(state, ResultWriter, 'ResultWriter'),
    ...[...branches, ItemProcessor, Iterator].flatMap(callsIn),
  ];
}

function callAt(state: string, fields: unknown, by: DefinedCall['by']): DefinedCall[] {
  if (!isObject(fields) || typeof fields['Resource'] !== 'string') return [];
  const call = readResource(fields['Resource']);
  if (call === undefined) return [];
  const given = fields['Arguments'] ?? fields['Parameters'];
  const hasOwnRole = 'Credentials' in fields;
  return [{ state, call, given: isObject(given) ? given : {}, by, hasOwnRole }];
}
