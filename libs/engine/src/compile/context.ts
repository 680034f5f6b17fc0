import type { PlaceKind } from '../reach.ts';
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
  /** @param at where in the state the field stands, if that is another place than its name says */
  where(field: string, at?: string): Where;
  /** Tells of a place of this state, `Choices[0]`; undefined where nobody counts what runs reach. */
  place(kind: PlaceKind, at: string): (() => void) | undefined;
  /** A transition to be filled in once all states of this graph exist. */
  transition(next: string | undefined): Transition;
  /** Set in a test of one state: takes what becomes of the data on its way through it. */
  readonly inspect: Inspect | undefined;
  /** Compiles a graph below this state, in this state's query language unless it says otherwise. */
  graph(definition: JsonObject, machineType?: StateMachineType): Graph;
}

/** The same for fields that stand in an object of the state, under their own names. */
export function inside(context: CompileContext, place: string): CompileContext {
  return { ...context, where: (field) => context.where(field, `${place}/${field}`) };
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
