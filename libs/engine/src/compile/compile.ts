import type { Reach } from '../reach.ts';
import type { QueryLanguage } from '../expressions/types.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Limits } from '../limits.ts';
import { stateTypes } from '../states/index.ts';
import type { StateMachineType } from '../types.ts';
import { below } from '../pointer.ts';
import { stringField, type CompileContext, type Inspect } from './context.ts';
import type { CompiledMachine, CompiledState, Graph, Transition } from '../core/port.ts';
import { ExpressionSyntaxError } from '../expressions/syntax-error.ts';
import type { DiagnosticCode } from '../validate/diagnostic.ts';
import { Unsupported } from './unsupported.ts';

/** What makes a valid-looking definition impossible to compile. `pointer` is a JSON pointer. */
export class CompileError extends Error {
  readonly pointer: string;
  readonly code: DiagnosticCode;

  constructor(
    pointer: string,
    message: string,
    {
      code = 'SCHEMA_VALIDATION_FAILED',
      ...options
    }: ErrorOptions & { code?: DiagnosticCode } = {},
  ) {
    super(message, options);
    this.pointer = pointer;
    this.code = code;
  }
}

/**
 * Turns a definition into states that run. It is expected to have passed validation; what it finds
 * nonetheless is thrown as CompileError.
 */
export function compileMachine(
  definition: JsonObject,
  type: StateMachineType,
  limits: Limits,
  { types = stateTypes, inspect, reach }: CompileOptions = {},
): CompiledMachine {
  const language = languageOf(definition) ?? 'JSONPath';
  const timeout = definition['TimeoutSeconds'];
  return {
    graph: compileGraph(definition, { language, type, limits, types, inspect, reach, pointer: '' }),
    timeoutSeconds: typeof timeout === 'number' ? timeout : undefined,
  };
}

/** The state types by name, each with what compiles it. */
export type StateTypes = ReadonlyMap<
  string,
  (definition: JsonObject, context: CompileContext) => CompiledState
>;

export interface CompileOptions {
  /** For a test of one state. */
  readonly types?: StateTypes;
  readonly inspect?: Inspect;
  /** Counts what runs reach. */
  readonly reach?: Reach | undefined;
}

interface GraphSettings {
  readonly types: StateTypes;
  readonly inspect: Inspect | undefined;
  readonly reach: Reach | undefined;
  readonly language: QueryLanguage;
  readonly type: StateMachineType;
  readonly limits: Limits;
  /** JSON pointer to the object that holds StartAt and States. */
  readonly pointer: string;
}

function compileGraph(definition: JsonObject, settings: GraphSettings): Graph {
  const definitions = definition['States'];
  if (!isObject(definitions)) {
    throw new CompileError(settings.pointer, 'States is missing or no object');
  }
  const language = languageOf(definition) ?? settings.language;
  const { reach } = settings;
  const states = new Map<string, CompiledState>();
  const unresolved: { transition: Transition; next: string; pointer: string }[] = [];
  for (const [name, state] of Object.entries(definitions)) {
    const pointer = below(settings.pointer, 'States', name);
    if (!isObject(state)) throw new CompileError(pointer, 'a state must be an object');
    const context: CompileContext = {
      name,
      language: languageOf(state) ?? language,
      machineType: settings.type,
      limits: settings.limits,
      inspect: settings.inspect,
      where: (field, at = field) => ({
        field,
        stateName: name,
        reached: reach && { reach, pointer: placeIn(pointer, at) },
      }),
      place: (kind, at) => reach?.place(kind, placeIn(pointer, at)),
      transition(next) {
        const transition: Transition = { target: undefined };
        if (next !== undefined) unresolved.push({ transition, next, pointer });
        return transition;
      },
      graph(inner, type = settings.type) {
        const at = below(pointer, ...stepsTo(inner, state));
        const { startAt, states } = compileGraph(inner, {
          ...settings,
          // A state's own QueryLanguage is not inherited by the states inside it.
          language,
          type,
          pointer: at,
        });
        return { startAt, states, started: reach?.place('branch', at) };
      },
    };
    const compiled = compileState(state, context, pointer, settings.types);
    states.set(name, reach === undefined ? compiled : reporting(compiled, reach, pointer));
  }
  for (const { transition, next, pointer } of unresolved) {
    transition.target = states.get(next);
    if (transition.target === undefined) {
      throw new CompileError(pointer, `goes to '${next}', which is no state here`);
    }
  }
  const startAt = states.get(stringField(definition, 'StartAt') ?? '');
  if (startAt === undefined) {
    throw new CompileError(`${settings.pointer}/StartAt`, 'StartAt names no state here');
  }
  return { startAt, states };
}

function compileState(
  definition: JsonObject,
  context: CompileContext,
  pointer: string,
  types: StateTypes,
): CompiledState {
  const compile = types.get(stringField(definition, 'Type') ?? '');
  if (compile === undefined) {
    throw new CompileError(
      `${pointer}/Type`,
      `state '${context.name}' has the unknown type ${JSON.stringify(definition['Type'])}`,
    );
  }
  try {
    return compile(definition, context);
  } catch (cause) {
    if (cause instanceof ExpressionSyntaxError) {
      throw new CompileError(pointer, `state '${context.name}': ${cause.message}`, { cause });
    }
    if (cause instanceof Unsupported) {
      const message = `state '${context.name}': ${cause.message}`;
      throw new CompileError(pointer, message, { cause, code: 'UNSUPPORTED_BY_ENGINE' });
    }
    throw cause;
  }
}

/** The same state, which tells when it is entered. */
function reporting(state: CompiledState, reach: Reach, pointer: string): CompiledState {
  const entered = reach.place('state', pointer);
  return {
    ...state,
    enter(thread) {
      entered();
      state.enter(thread);
    },
  };
}

/** `Catch[0]/Output` of a state as a JSON pointer. */
function placeIn(state: string, at: string): string {
  return `${state}/${at.replaceAll(/\[(\d+)\]/g, '/$1')}`;
}

/** The way from a state to a graph that one of its fields holds. */
function stepsTo(graph: JsonObject, state: JsonObject): (string | number)[] {
  for (const [field, value] of Object.entries(state)) {
    if (value === graph) return [field];
    const index = Array.isArray(value) ? value.indexOf(graph) : -1;
    if (index >= 0) return [field, index];
  }
  return ['*'];
}

function languageOf(definition: JsonObject): QueryLanguage | undefined {
  const language = definition['QueryLanguage'];
  return language === 'JSONata' || language === 'JSONPath' ? language : undefined;
}
