import { checkArguments, modelOfTask } from './call.ts';
import { catches } from './catch.ts';
import { runChoice } from './choice.ts';
import { type Fact, NOTHING } from './fact.ts';
import { checkFields } from './fields.ts';
import type { Exit, Language, StateVisit } from './flow.ts';
import { evaluateJsonPath } from './jsonpath.ts';
import { runMap, runParallel } from './nested.ts';
import type { Scope } from './scope.ts';
import { resultOfTask } from './task.ts';
import { evaluateTemplate, literal } from './template.ts';
import { assign, exits, placeResult, scopeOf } from './visit.ts';

/** What a state does with its input: checks its references and says what it hands on. */
export function runState(visit: StateVisit): readonly Exit[] {
  const language = languageOf(visit);
  return language === 'JSONata' ? runJsonata(visit) : runJsonPath(visit);
}

function languageOf({ state, flow }: StateVisit): Language {
  const own = state['QueryLanguage'];
  return own === 'JSONata' || own === 'JSONPath' ? own : flow.language;
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
    result = runTask(visit, 'JSONata', input);
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
      result = runTask(visit, 'JSONPath', raw);
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

function runTask(visit: StateVisit, language: Language, input: Fact): Fact {
  const field = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const parts = new Map<string, Fact>();
  const template = visit.state[field];
  const given =
    template === undefined
      ? input
      : evaluateTemplate(template, { ...scopeOf(visit, field, input), parts }, language);
  const model = modelOfTask(visit);
  checkArguments(visit, language, given, parts, model);
  return resultOfTask(visit, given, model);
}

/** InputPath, OutputPath, ItemsPath: a path, `null` for an empty object, or absent. */
function pathField(visit: StateVisit, field: string, input: Fact): Fact {
  const value = visit.state[field];
  if (value === undefined) return input;
  if (typeof value !== 'string') return NOTHING;
  return evaluateJsonPath(value, scopeOf(visit, field, input));
}
