import { EngineError } from '../engine-error.ts';
import { InvalidDefinition } from '../invalid-definition.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { validateDefinition } from '../validate/definition.ts';

/** The state that a test is about. */
export interface TestedState {
  readonly name: string;
  readonly definition: JsonObject;
  readonly queryLanguage: Json | undefined;
}

/** As the API names a state that comes alone. */
const nameOfOne = 'StateName';

/**
 * Finds the state in a whole machine, or takes the definition for the state itself.
 * @throws InvalidDefinition; EngineError ValidationException where there is no such state
 */
export function findState(definition: JsonObject, stateName: string | undefined): TestedState {
  const alone = !('States' in definition);
  const name = stateName ?? nameOfOne;
  if (!alone && stateName === undefined) {
    throw new EngineError(
      'ValidationException',
      'stateName is needed: the definition is that of a whole state machine',
    );
  }
  const machine = alone ? { StartAt: name, States: { [name]: definition } } : definition;
  const findings = validateDefinition(machine).filter(
    ({ severity, code }) => severity === 'ERROR' && !(alone && aroundIt.has(code)),
  );
  if (findings.length > 0) throw new InvalidDefinition(name, findings);
  const state = alone ? definition : stateIn(definition, name);
  if (state === undefined) {
    throw new EngineError('ValidationException', 'State not found in definition');
  }
  return {
    name,
    definition: state,
    queryLanguage: state['QueryLanguage'] ?? (alone ? undefined : definition['QueryLanguage']),
  };
}

/** What only a whole machine can be told. */
const aroundIt: ReadonlySet<string> = new Set(['MISSING_TRANSITION_TARGET', 'MISSING_END_STATE']);

function stateIn(scope: JsonObject, name: string): JsonObject | undefined {
  const { States: states } = scope;
  if (!isObject(states)) return undefined;
  const own = Object.hasOwn(states, name) ? states[name] : undefined;
  if (isObject(own)) return own;
  for (const state of Object.values(states)) {
    const found = isObject(state) ? stateWithin(state, name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A state inside a Map or a Parallel, at any depth. */
export function stateWithin(state: JsonObject, name: string): JsonObject | undefined {
  const branches = Array.isArray(state['Branches']) ? state['Branches'] : [];
  for (const inner of [...branches, state['ItemProcessor'], state['Iterator']]) {
    const found = isObject(inner) ? stateIn(inner, name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
