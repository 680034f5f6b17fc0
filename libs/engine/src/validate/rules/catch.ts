import type { Check } from '../check.ts';
import { isObject } from '../../json.ts';
import {
  anything,
  fields,
  jsonataTemplate,
  referencePathOrNull,
  string,
  template,
} from '../check.ts';
import { isLater } from '../placeholders.ts';
import { below } from '../../pointer.ts';
import type { Rule } from '../rule.ts';
import { checkErrorEquals } from './error-equals.ts';
import { inside, refuse, type Place } from '../place.ts';

const common: Readonly<Record<string, Check>> = {
  ErrorEquals: anything,
  Comment: string,
  Next: string,
  Assign: template,
};

/** The fields of a catcher, in their checks, by query language. */
export const catcherFields = {
  JSONPath: { ...common, ResultPath: referencePathOrNull },
  JSONata: { ...common, Output: jsonataTemplate },
};

const catchers = {
  JSONPath: fields(catcherFields.JSONPath, ['Next']),
  JSONata: fields(catcherFields.JSONata, ['Next']),
};

/** Catch holds catchers. */
export const catchRule: Rule = {
  state(state, report) {
    const items = state.value['Catch'];
    if (items === undefined || isLater(items, state.options)) return;
    const place: Place = { pointer: below(state.pointer, 'Catch'), state, report };
    if (!Array.isArray(items)) {
      refuse(place, 'Catch must be an array');
      return;
    }
    items.forEach((item, index) => {
      const at = inside(place, index);
      catchers[state.queryLanguage](item, at);
      if (isObject(item)) checkErrorEquals(item['ErrorEquals'], at, index === items.length - 1);
    });
  },
};
