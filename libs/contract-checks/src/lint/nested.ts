import { either, type Fact, type JsonType, NOTHING, object, scalar, unknown } from './fact.ts';
import type { Language, StateJson, StateVisit } from './flow.ts';
import { itemOf } from './read.ts';
import { below, expectType } from './scope.ts';
import { evaluateTemplate } from './template.ts';
import { scopeOf } from './visit.ts';

/** What a Map makes of its items; its iterations see one each. */
export function runMap(visit: StateVisit, items: Fact, field: string, language: Language): Fact {
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
  const batch = state['ItemBatcher'] === undefined ? selected : batchOf(visit, selected, language);
  return { kind: 'array', item: flow.run(inner, batch, visit.variables) };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
function batchOf(visit: StateVisit, item: Fact, language: Language): Fact {
  const { BatchInput: template } = visit.state['ItemBatcher'] as StateJson;
  const Items: Fact = { kind: 'array', item };
  if (template === undefined) return object({ Items });
  const scope = scopeOf(visit, 'ItemBatcher', visit.input);
  const inner = { ...scope, pointer: below(scope.pointer, 'BatchInput') };
  return object({ Items, BatchInput: evaluateTemplate(template, inner, language) });
}

/** A Distributed Map takes the fields of an object one by one, too. */
function itemsOf({ state }: StateVisit): readonly JsonType[] {
  const { ProcessorConfig: config } = (state['ItemProcessor'] ?? {}) as StateJson;
  const { Mode: mode } = (config ?? {}) as StateJson;
  return mode === 'DISTRIBUTED' ? ['array', 'object'] : ['array'];
}

/** What a Parallel makes of its branches, which all see the same. */
export function runParallel(visit: StateVisit, input: Fact): Fact {
  const { state, flow, pointer } = visit;
  const branches = Array.isArray(state['Branches']) ? (state['Branches'] as StateJson[]) : [];
  const outputs = branches.map((value, index) =>
    flow.run(
      { ...flow, value, pointer: below(pointer, 'Branches', index) },
      input,
      visit.variables,
    ),
  );
  return { kind: 'array', item: outputs.length === 0 ? NOTHING : either(outputs), at: outputs };
}
