import { isLater } from '../placeholders.ts';
import { below } from '../../pointer.ts';
import type { Rule } from '../rule.ts';
import { exclusiveFields, stateFields } from '../state-fields.ts';

/** Each state has a known Type, only that type's fields, and in them what they may hold. */
export const fieldsRule: Rule = {
  state(state, report) {
    const type = state.value['Type'];
    if (isLater(type, state.options)) return;
    const refuse = (pointer: string, message: string) => {
      report('SCHEMA_VALIDATION_FAILED', pointer, message);
    };
    if (typeof type !== 'string' || !Object.hasOwn(stateFields, type)) {
      refuse(
        type === undefined ? state.pointer : below(state.pointer, 'Type'),
        type === undefined
          ? "The field 'Type' is missing"
          : `Type must be one of ${Object.keys(stateFields).join(', ')}, got ${JSON.stringify(type)}`,
      );
      return;
    }
    const table = stateFields[type] ?? {};
    for (const [name, field] of Object.entries(table)) {
      if (field.required === true && state.value[name] === undefined) {
        refuse(state.pointer, `The field '${name}' is missing`);
      }
    }
    for (const [name, value] of Object.entries(state.value)) {
      const field = Object.hasOwn(table, name) ? table[name] : undefined;
      const pointer = below(state.pointer, name);
      const later = isLater(value, state.options);
      if (field === undefined) {
        refuse(pointer, `Field '${name}' is not supported in a ${type} state`);
      } else if (field.language !== undefined && field.language !== state.queryLanguage) {
        refuse(
          pointer,
          `The QueryLanguage is set to '${state.queryLanguage}', but field '${name}' is only ` +
            `supported for the '${field.language}' QueryLanguage`,
        );
      } else if (!later) {
        field.check(value, { pointer, state, report });
      }
    }
    for (const names of exclusiveFields) {
      const present = names.filter((name) => state.value[name] !== undefined);
      if (present.length > 1) refuse(state.pointer, `Only one of ${present.join(', ')} is allowed`);
    }
  },
};
