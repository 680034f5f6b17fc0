import { isObject } from '../../json.ts';
import { anything, fields, integer, number, oneOf, string } from '../check.ts';
import { isLater } from '../placeholders.ts';
import { below } from '../../pointer.ts';
import type { Rule } from '../rule.ts';
import { checkErrorEquals } from './error-equals.ts';
import { inside, refuse, type Place } from '../place.ts';

/** MaxDelaySeconds stays below a year (Developer Guide, "Retrying after an error"). */
const maxDelay = 31_622_399;

/** The fields of a retrier, in their checks. */
export const retrierFields = {
  ErrorEquals: anything,
  Comment: string,
  IntervalSeconds: integer(1, 99_999_999),
  MaxAttempts: integer(0, 99_999_999),
  BackoffRate: number({ min: 1, max: Number.MAX_VALUE, integer: false }),
  MaxDelaySeconds: integer(1, maxDelay),
  JitterStrategy: oneOf('FULL', 'NONE'),
};

const retrier = fields(retrierFields);

/** Retry holds retriers. */
export const retryRule: Rule = {
  state(state, report) {
    const retry = state.value['Retry'];
    if (retry === undefined || isLater(retry, state.options)) return;
    const place: Place = { pointer: below(state.pointer, 'Retry'), state, report };
    if (!Array.isArray(retry)) {
      refuse(place, 'Retry must be an array');
      return;
    }
    retry.forEach((item, index) => {
      const at = inside(place, index);
      retrier(item, at);
      if (!isObject(item)) return;
      checkErrorEquals(item['ErrorEquals'], at, index === retry.length - 1);
      const { IntervalSeconds: interval, MaxDelaySeconds: longest } = item;
      if (typeof interval === 'number' && typeof longest === 'number' && longest <= interval) {
        refuse(
          inside(at, 'MaxDelaySeconds'),
          'MaxDelaySeconds must be greater than IntervalSeconds',
        );
      }
    });
  },
};
