import { type AwsCall, type CallArguments, readResource } from '@harmony/aws-calls';
import { isObject } from '@harmony/schema';

/** A call in a definition. */
export interface DefinedCall {
  /** The name of the state that makes it; names are unique in a state machine. */
  readonly state: string;
  readonly call: AwsCall;
  readonly given: CallArguments;
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
    // Under a role of its own a Task is not allowed by the state machine's.
    ...(Type === 'Task' && !('Credentials' in fields) ? callAt(state, fields) : []),
    ...callAt(state, ItemReader),
    ...callAt(state, ResultWriter),
    ...[...branches, ItemProcessor, Iterator].flatMap(callsIn),
  ];
}

function callAt(state: string, fields: unknown): DefinedCall[] {
  if (!isObject(fields) || typeof fields['Resource'] !== 'string') return [];
  const call = readResource(fields['Resource']);
  if (call === undefined) return [];
  const given = fields['Arguments'] ?? fields['Parameters'];
  return [{ state, call, given: isObject(given) ? given : {} }];
}
