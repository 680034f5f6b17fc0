import type { Exit, Language, StateVisit, Variables } from './flow.ts';
import { type Fact, unknown } from './fact.ts';
import { withField } from './read.ts';
import { below, type Scope } from './scope.ts';
import { evaluateTemplate } from './template.ts';

/** What the expressions of one field of a state can refer to. */
export function scopeOf(
  { flow, pointer, variables }: StateVisit,
  field: string,
  input: Fact,
  states: Scope['states'] = {},
): Scope {
  const { context, reporter } = flow;
  return { input, context, variables, states, reporter, pointer: below(pointer, field) };
}

/** ResultPath: the whole, nothing, or a place in the state's input. */
export function placeResult(input: Fact, result: Fact, path: unknown): Fact {
  if (path === null) return input;
  if (typeof path !== 'string' || path === '$') return result;
  const names = path.replace(/^\$\.?/, '').split('.');
  const simple = names.every((name) => /^[\w-]+$/.test(name));
  return simple ? withField(input, names, result) : unknown(`what ResultPath ${path} makes`);
}

/** The variables as an Assign leaves them. */
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

/** Where a state leads by its Next; at the end of all, what it puts out is read by the caller. */
export function exits(visit: StateVisit, output: Fact, variables: Variables): readonly Exit[] {
  const { state, flow } = visit;
  const next = state['Next'];
  if (typeof next === 'string') return [{ next, output, variables }];
  if (flow.pointer === '') flow.reporter.usage.consume(output);
  return [{ output, variables }];
}
