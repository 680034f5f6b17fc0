import { object, scalar } from './fact.ts';
import type { Exit, Language, StateJson, StateVisit } from './flow.ts';
import { below } from './scope.ts';
import { evaluateTemplate } from './template.ts';
import { assign, placeResult, scopeOf } from './visit.ts';

const ERROR_OUTPUT = object({ Error: scalar('string'), Cause: scalar('string') });

/** Where a state leads when it fails. */
export function catches(visit: StateVisit, language: Language): readonly Exit[] {
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
