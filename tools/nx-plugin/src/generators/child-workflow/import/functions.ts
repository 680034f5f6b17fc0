/** The substitutions that are Lambda functions, each with the places of the definition that call it. */
export type Functions = ReadonlyMap<string, readonly Place[]>;

type Place = readonly (string | number)[];
type Fields = Readonly<Record<string, unknown>>;

export interface FunctionCalls {
  readonly functions: Functions;
  /** Functions that are called by a name or an ARN: they are deployed elsewhere. */
  readonly elsewhere: readonly string[];
}

/** `${Hello}`, `${Hello.Arn}:$LATEST`, or the ARN of a function whose name it is. */
const REFERENCE =
  /^(?:arn:.*:lambda:.*:function:)?\$\{([\w.:-]+)\}(?::(?:[\w-]+|\$LATEST|\$\{[\w.:-]+\}))?$/;
/** What else a Task's Resource may be. */
const OTHER = /activity|state_?-?machine|queue|topic|table|bucket/i;

/** Which functions the Tasks of a definition call, at every depth. */
export function functionsIn(definition: unknown): FunctionCalls {
  const functions = new Map<string, Place[]>();
  const elsewhere = new Set<string>();
  for (const { at, value } of callsIn(definition, [])) {
    const was = REFERENCE.exec(value)?.[1];
    if (was !== undefined && (at.at(-1) === 'FunctionName' || !OTHER.test(was))) {
      functions.set(was, [...(functions.get(was) ?? []), at]);
    } else if (was === undefined && !value.includes('{%')) elsewhere.add(value);
  }
  return { functions, elsewhere: [...elsewhere] };
}

interface Call {
  readonly at: Place;
  readonly value: string;
}

function callsIn(level: unknown, at: Place): readonly Call[] {
  const states = isFields(level) ? level['States'] : undefined;
  return Object.entries(isFields(states) ? states : {}).flatMap(([name, state]) => {
    if (!isFields(state)) return [];
    const here = [...at, 'States', name];
    const branches = Array.isArray(state['Branches']) ? (state['Branches'] as unknown[]) : [];
    return [
      ...(state['Type'] === 'Task' ? callOf(state, here) : []),
      ...branches.flatMap((branch, index) => callsIn(branch, [...here, 'Branches', index])),
      ...['ItemProcessor', 'Iterator'].flatMap((key) => callsIn(state[key], [...here, key])),
    ];
  });
}

function callOf(state: Fields, at: Place): readonly Call[] {
  const { Resource: resource } = state;
  if (typeof resource !== 'string') return [];
  if (!resource.includes(':states:::')) {
    const isFunction = resource.startsWith('${') || resource.includes(':function:');
    return isFunction ? [{ at: [...at, 'Resource'], value: resource }] : [];
  }
  if (!resource.includes(':::lambda:invoke')) return [];
  const key = 'Arguments' in state ? 'Arguments' : 'Parameters';
  const given = state[key];
  const name = isFields(given) ? given['FunctionName'] : undefined;
  return typeof name === 'string' ? [{ at: [...at, key, 'FunctionName'], value: name }] : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
