import { runChoice } from './choice.ts';
import { either, type Fact, type JsonType, NOTHING, object, scalar, unknown } from './fact.ts';
import { checkFields } from './fields.ts';
import { evaluateJsonPath } from './jsonpath.ts';
import type { Exit, Flow, Language, StateJson, Variables } from './machine.ts';
import { runFlow } from './machine.ts';
import { itemOf, withField } from './read.ts';
import { below, expectType, type Scope } from './scope.ts';
import { resultOfTask } from './task.ts';
import { evaluateTemplate, literal } from './template.ts';

/** One state with what reaches it. */
export interface StateVisit {
  readonly flow: Flow;
  readonly name: string;
  readonly state: StateJson;
  readonly pointer: string;
  readonly input: Fact;
  readonly variables: Variables;
}

const ERROR_OUTPUT = object({ Error: scalar('string'), Cause: scalar('string') });

/** What a state does with its input: checks its references and says what it hands on. */
export function runState(visit: StateVisit): readonly Exit[] {
  const language = languageOf(visit);
  return language === 'JSONata' ? runJsonata(visit) : runJsonPath(visit);
}

function languageOf({ state, flow }: StateVisit): Language {
  const own = state['QueryLanguage'];
  return own === 'JSONata' || own === 'JSONPath' ? own : flow.language;
}

function scopeOf(
  { flow, pointer, variables }: StateVisit,
  field: string,
  input: Fact,
  states: Scope['states'] = {},
): Scope {
  const { context, reporter } = flow;
  return { input, context, variables, states, reporter, pointer: below(pointer, field) };
}

function runJsonata(visit: StateVisit): readonly Exit[] {
  const { state, input } = visit;
  const evaluate = (field: string, states: Scope['states'] = {}) =>
    evaluateTemplate(state[field], scopeOf(visit, field, input, states), 'JSONata');
  const type = String(state['Type']);
  checkFields(state, 'JSONata', (field) => scopeOf(visit, field, input));
  if (type === 'Choice') return runChoice(visit, 'JSONata');
  let result: Fact | undefined;
  if (type === 'Task') {
    result = resultOfTask(visit, state['Arguments'] === undefined ? input : evaluate('Arguments'));
  } else if (type === 'Map') {
    const items = state['Items'] === undefined ? input : evaluate('Items');
    result = runMap(visit, items, 'Items', 'JSONata');
  } else if (type === 'Parallel') {
    result = runParallel(visit, state['Arguments'] === undefined ? input : evaluate('Arguments'));
  } else if (type === 'Fail') return [];
  const states: Scope['states'] = result === undefined ? {} : { result };
  const output = state['Output'] === undefined ? (result ?? input) : evaluate('Output', states);
  const assigned = assign(visit, state['Assign'], 'Assign', input, states, 'JSONata');
  return [...exits(visit, output, assigned), ...catches(visit, 'JSONata')];
}

function runJsonPath(visit: StateVisit): readonly Exit[] {
  const { state } = visit;
  const type = String(state['Type']);
  const raw = pathField(visit, 'InputPath', visit.input);
  checkFields(state, 'JSONPath', (field) => scopeOf(visit, field, raw));
  if (type === 'Choice') return runChoice({ ...visit, input: raw }, 'JSONPath');
  const template = (field: string, input: Fact) =>
    evaluateTemplate(state[field], scopeOf(visit, field, input), 'JSONPath');
  const parameters = () => (state['Parameters'] === undefined ? raw : template('Parameters', raw));
  let result: Fact | undefined;
  switch (type) {
    case 'Task':
      result = resultOfTask(visit, parameters());
      break;
    case 'Pass':
      result = state['Result'] === undefined ? parameters() : literal(state['Result']);
      break;
    case 'Map': {
      const items = state['ItemsPath'] === undefined ? raw : pathField(visit, 'ItemsPath', raw);
      result = runMap({ ...visit, input: raw }, items, 'ItemsPath', 'JSONPath');
      break;
    }
    case 'Parallel':
      result = runParallel(visit, parameters());
      break;
    case 'Fail':
      return [];
  }
  const assigned = assign(visit, state['Assign'], 'Assign', result ?? raw, {}, 'JSONPath');
  if (result !== undefined && state['ResultSelector'] !== undefined) {
    result = template('ResultSelector', result);
  }
  const placed = result === undefined ? raw : placeResult(visit.input, result, state['ResultPath']);
  const output = pathField(visit, 'OutputPath', placed);
  return [...exits(visit, output, assigned), ...catches(visit, 'JSONPath')];
}

/** InputPath, OutputPath, ItemsPath: a path, `null` for an empty object, or absent. */
function pathField(visit: StateVisit, field: string, input: Fact): Fact {
  const value = visit.state[field];
  if (value === undefined) return input;
  if (typeof value !== 'string') return NOTHING;
  return evaluateJsonPath(value, scopeOf(visit, field, input));
}

/** ResultPath: the whole, nothing, or a place in the state's input. */
function placeResult(input: Fact, result: Fact, path: unknown): Fact {
  if (path === null) return input;
  if (typeof path !== 'string' || path === '$') return result;
  const names = path.replace(/^\$\.?/, '').split('.');
  const simple = names.every((name) => /^[\w-]+$/.test(name));
  return simple ? withField(input, names, result) : unknown(`what ResultPath ${path} makes`);
}

/** What a Map makes of its items; its iterations see one each. */
function runMap(visit: StateVisit, items: Fact, field: string, language: Language): Fact {
  const { state, flow, pointer, input } = visit;
  const scope = scopeOf(visit, field, input);
  const reader = state['ItemReader'] !== undefined;
  if (!reader)
    expectType(items, itemsOf(visit), 'A Map', String(state[field] ?? 'its input'), scope);
  flow.reporter.usage.touch(items);
  const item = reader
    ? unknown('an item that ItemReader reads')
    : (itemOf(items) ?? unknown('an item'));
  const one = object({ Value: item, Index: scalar('number') }, unknown('the context object'));
  const map = object({ Item: one });
  const context: Fact = { kind: 'context', object: object({ Map: map }, flow.context) };
  const selector = state['ItemSelector'] === undefined ? 'Parameters' : 'ItemSelector';
  const selected =
    state[selector] === undefined
      ? item
      : evaluateTemplate(
          state[selector],
          { ...scopeOf(visit, selector, input), context },
          language,
        );
  const processor = state['ItemProcessor'] === undefined ? 'Iterator' : 'ItemProcessor';
  const value = state[processor];
  if (typeof value !== 'object' || value === null) return unknown('a Map without states');
  const inner = { ...flow, value: value as StateJson, pointer: below(pointer, processor), context };
  return { kind: 'array', item: runFlow(inner, selected, visit.variables) };
}

/** A Distributed Map takes the fields of an object one by one, too. */
function itemsOf({ state }: StateVisit): readonly JsonType[] {
  const { ProcessorConfig: config } = (state['ItemProcessor'] ?? {}) as StateJson;
  const { Mode: mode } = (config ?? {}) as StateJson;
  return mode === 'DISTRIBUTED' ? ['array', 'object'] : ['array'];
}

function runParallel(visit: StateVisit, input: Fact): Fact {
  const { state, flow, pointer } = visit;
  const branches = Array.isArray(state['Branches']) ? (state['Branches'] as StateJson[]) : [];
  const outputs = branches.map((value, index) =>
    runFlow({ ...flow, value, pointer: below(pointer, 'Branches', index) }, input, visit.variables),
  );
  return { kind: 'array', item: outputs.length === 0 ? NOTHING : either(outputs) };
}

export function assign(
  visit: StateVisit,
  template: unknown,
  field: string,
  input: Fact,
  states: Scope['states'],
  language: Language,
): Variables {
  if (typeof template !== 'object' || template === null) return visit.variables;
  const fact = evaluateTemplate(template, scopeOf(visit, field, input, states), language);
  if (fact.kind !== 'object') return visit.variables;
  return new Map([
    ...visit.variables,
    ...[...fact.fields].map(([name, each]): [string, Fact] => [name, each.fact]),
  ]);
}

export function exits(visit: StateVisit, output: Fact, variables: Variables): readonly Exit[] {
  const { state, flow } = visit;
  const next = state['Next'];
  if (typeof next === 'string') return [{ next, output, variables }];
  if (flow.pointer === '') flow.reporter.usage.consume(output);
  return [{ output, variables }];
}

function catches(visit: StateVisit, language: Language): readonly Exit[] {
  const { state, pointer, input } = visit;
  const catchers = Array.isArray(state['Catch']) ? (state['Catch'] as StateJson[]) : [];
  return catchers.flatMap((catcher, index): Exit[] => {
    const inner = { ...visit, state: catcher, pointer: below(pointer, 'Catch', index) };
    if (typeof catcher['Next'] !== 'string') return [];
    const states = { errorOutput: ERROR_OUTPUT };
    const seen = language === 'JSONata' ? input : ERROR_OUTPUT;
    const variables = assign(inner, catcher['Assign'], 'Assign', seen, states, language);
    const output =
      language === 'JSONPath'
        ? placeResult(input, ERROR_OUTPUT, catcher['ResultPath'])
        : catcher['Output'] === undefined
          ? ERROR_OUTPUT
          : evaluateTemplate(catcher['Output'], scopeOf(inner, 'Output', input, states), 'JSONata');
    return [{ next: catcher['Next'], output, variables }];
  });
}
