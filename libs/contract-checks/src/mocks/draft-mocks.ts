import { type AwsModels, readResource, smallestOf } from '@harmony/aws-calls';
import { isObject } from '@harmony/schema';

/** A Task of a definition, at any depth. */
export interface DefinedTask {
  readonly state: string;
  readonly resource: string;
  /** Its Arguments or Parameters, unevaluated. */
  readonly given: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Every Task of a definition, those in Maps and Parallels among them. */
export function tasksIn(definition: unknown): DefinedTask[] {
  const states = isObject(definition) ? definition['States'] : undefined;
  return Object.entries(isObject(states) ? states : {}).flatMap(([state, fields]) => {
    if (!isObject(fields)) return [];
    const { Type, Resource, Arguments, Parameters, Branches, ItemProcessor, Iterator } = fields;
    const given = Arguments ?? Parameters;
    const own: DefinedTask[] =
      Type === 'Task' && typeof Resource === 'string'
        ? [{ state, resource: Resource, given: isObject(given) ? given : {} }]
        : [];
    const branches = Array.isArray(Branches) ? Branches : [];
    return [...own, ...[...branches, ItemProcessor, Iterator].flatMap(tasksIn)];
  });
}

/**
 * A mock configuration that answers each of the Tasks with the least that its call can give, for a
 * person to fill in; what a file says already stays.
 * @param machine the key under StateMachines
 * @param models `{}` is the answer of a call that they don't describe
 * @param existing an earlier configuration, valid
 */
export function draftMocks(
  machine: string,
  tasks: readonly DefinedTask[],
  models: AwsModels,
  existing: Fields = {},
): { readonly configuration: Fields; readonly added: readonly string[] } {
  const machines = at(existing, 'StateMachines');
  const cases = at(at(machines, machine), 'TestCases');
  const happy = at(cases, 'HappyPath');
  // Maps, since a state may be called __proto__.
  const responses = new Map(Object.entries(at(existing, 'MockedResponses')));
  const entries = new Map(Object.entries(happy));
  const missing = tasks.filter(({ state }) => !entries.has(state));
  for (const { state, resource } of missing) {
    const name = freeName(`${state} answers`, responses);
    responses.set(name, { '0': { Return: answerOf(resource, models) } });
    entries.set(state, name);
  }
  const configuration = {
    ...existing,
    StateMachines: {
      ...machines,
      [machine]: { TestCases: { ...cases, HappyPath: Object.fromEntries(entries) } },
    },
    MockedResponses: Object.fromEntries(responses),
  };
  return { configuration, added: missing.map(({ state }) => state) };
}

function answerOf(resource: string, models: AwsModels): unknown {
  const call = readResource(resource);
  // What a function gives is its own business.
  if (call?.isDirect === true) return {};
  const model = call === undefined ? undefined : models.of(call);
  return model?.kind === 'known' && model.output !== undefined ? smallestOf(model.output) : {};
}

function freeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted} ${count}`;
  return name;
}

function at(value: unknown, key: string): Fields {
  const found = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isObject(found) ? found : {};
}
