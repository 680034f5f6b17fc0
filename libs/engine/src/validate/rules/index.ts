import type { Rule } from '../rule.ts';
import { adviceRule } from './advice.ts';
import { assignRule } from './assign.ts';
import { catchRule } from './catch.ts';
import { choiceRule } from './choice.ts';
import { fieldsRule } from './fields.ts';
import { mapRule } from './map.ts';
import { queryLanguageRule } from './query-language.ts';
import { resourceRule } from './resource.ts';
import { retryRule } from './retry.ts';
import { scopesRule } from './scopes.ts';
import { stateNamesRule } from './state-names.ts';
import { timeoutsRule } from './timeouts.ts';
import { transitionsRule } from './transitions.ts';
import { waitRule } from './wait.ts';

/** All rules; their order is the order of findings at the same place. */
export const rules: readonly Rule[] = [
  scopesRule,
  queryLanguageRule,
  stateNamesRule,
  fieldsRule,
  transitionsRule,
  assignRule,
  choiceRule,
  retryRule,
  catchRule,
  waitRule,
  timeoutsRule,
  mapRule,
  resourceRule,
  adviceRule,
];
