import type { QueryLanguage, Where } from '../expressions/types.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Limits } from '../limits.ts';
import type { StateMachineType } from '../types.ts';
import type { Graph, Transition } from '../core/port.ts';

/** Takes one stage of the data by its name in the TestState API. */
export type Inspect = (stage: string, value: Json) => void;

/** What compiling one state needs to know of the definition around it. */
export interface CompileContext {
  readonly name: string;
  readonly language: QueryLanguage;
  readonly machineType: StateMachineType;
  readonly limits: Limits;
  where(field: string): Where;
  /** A transition to be filled in once all states of this graph exist. */
  transition(next: string | undefined): Transition;
  /** Set in a test of one state: takes what becomes of the data on its way through it. */
  readonly inspect: Inspect | undefined;
  /** Compiles a graph below this state, in this state's query language unless it says otherwise. */
  graph(definition: JsonObject, machineType?: StateMachineType): Graph;
}

/** The state's own transition: Next, or the end. */
export function nextOf(definition: JsonObject, context: CompileContext): Transition {
  const next = definition['Next'];
  return context.transition(typeof next === 'string' ? next : undefined);
}

export function objectField(definition: JsonObject, field: string): JsonObject | undefined {
  const value = definition[field];
  return isObject(value) ? value : undefined;
}

export function objectsField(definition: JsonObject, field: string): JsonObject[] {
  const value: Json | undefined = definition[field];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function stringField(definition: JsonObject, field: string): string | undefined {
  const value = definition[field];
  return typeof value === 'string' ? value : undefined;
}
