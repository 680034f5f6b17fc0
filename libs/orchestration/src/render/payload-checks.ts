import {
  asList,
  followReferences,
  isObject,
  type JsonSchema,
  type Keywords,
} from '@harmony/schema';
import { formatPath } from '@harmony/schema/paths';
import { safePattern } from './safe-pattern.ts';

/** Levels of objects that are followed, and characters that all checks may have: they are written twice. */
const DEEPEST = 6;
export const LONGEST_CHECKS = 16_000;

/** What a payload is checked for in JSONata: bindings that come first, and one problem or nothing each. */
export interface PayloadChecks {
  readonly bindings: readonly string[];
  readonly checks: readonly string[];
  /** Of all of them together. */
  readonly characters: number;
  /** Whether the schema asks for more than there is room for. */
  readonly isCut: boolean;
}

/**
 * Checks of a payload that JSONata can make cheaply: required fields, types, enumerations, bounds of
 * numbers, patterns that no engine can stumble over. It refuses nothing that the schema accepts;
 * what it lets through each child's *Check input* still refuses.
 *
 * @param root `payload` is the variable that holds it
 */
export function payloadChecks(root: JsonSchema): PayloadChecks {
  const bindings: string[] = [];
  const checks: string[] = [];
  let left = LONGEST_CHECKS;
  const add = (list: string[], text: string) => {
    left -= text.length;
    if (left >= 0) list.push(text);
  };
  const visit = (schema: Keywords, variable: string, path: readonly string[]): void => {
    const required = new Set(asList(schema['required']));
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    for (const [name, part] of Object.entries(properties)) {
      const field = followReferences(root, part as JsonSchema);
      const own = `$p${bindings.length}`;
      const at = formatPath([...path, name]);
      const problem = (text: string) => quoted(`${at}: ${text}`);
      add(bindings, `${own} := $field(${variable}, ${quoted(name)});`);
      if (left < 0) return;
      if (required.has(name)) {
        const missing = `$type(${variable}) = 'object' and $not($exists(${own}))`;
        add(checks, `${missing} ? ${problem('is missing')}`);
      }
      if (!isObject(field)) continue;
      for (const [wrong, expected] of wrongs(field, own)) {
        add(checks, `${wrong} ? ${problem(`expected ${expected}`)}`);
      }
      if (field['type'] === 'object' && path.length < DEEPEST) visit(field, own, [...path, name]);
    }
  };
  const whole = followReferences(root, root);
  if (isObject(whole)) visit(whole, '$payload', ['payload']);
  const characters = [...bindings, ...checks].reduce((sum, { length }) => sum + length, 0);
  return { bindings, checks, characters, isCut: left < 0 };
}

/** JSONata's word for a type of JSON Schema, and ours. */
const TYPES: Readonly<Record<string, readonly [type: string, expected: string]>> = {
  string: ['string', 'a text'],
  number: ['number', 'a number'],
  integer: ['number', 'a number'],
  boolean: ['boolean', 'true or false'],
  array: ['array', 'a list'],
  object: ['object', 'an object'],
  null: ['null', 'null'],
};

/** Conditions that are true of what the schema refuses, each with what is expected instead. */
function* wrongs(schema: Keywords, variable: string): Generator<readonly [string, string]> {
  const types = typesOf(schema);
  if (types !== undefined) {
    const known = types.map((type) => TYPES[type]).filter((type) => type !== undefined);
    const list = [...new Set(known.map(([type]) => quoted(type)))].join(', ');
    const expected = [...new Set(known.map(([, text]) => text))].join(' or ');
    yield [`$exists(${variable}) and $not($type(${variable}) in [${list}])`, expected];
  }
  const values = 'const' in schema ? [schema['const']] : asList(schema['enum']);
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length > 0 && texts.length === values.length) {
    const list = texts.map(quoted).join(', ');
    yield [
      `$type(${variable}) = 'string' and $not(${variable} in [${list}])`,
      texts.length === 1 ? JSON.stringify(texts[0]) : `one of ${texts.join(', ')}`,
    ];
  }
  const isNumber = `$type(${variable}) = 'number'`;
  if (schema['type'] === 'integer') {
    yield [`${isNumber} and $floor(${variable}) != ${variable}`, 'a whole number'];
  }
  for (const [keyword, wrong, word] of [
    ['minimum', '<', 'or more'],
    ['maximum', '>', 'or less'],
  ] as const) {
    const bound = schema[keyword];
    if (typeof bound !== 'number' || Math.abs(bound) >= Number.MAX_SAFE_INTEGER) continue;
    yield [`${isNumber} and ${variable} ${wrong} ${bound}`, `${bound} ${word}`];
  }
  const pattern =
    typeof schema['pattern'] === 'string' ? safePattern(schema['pattern']) : undefined;
  if (pattern !== undefined) {
    yield [
      `$type(${variable}) = 'string' and $not($contains(${variable}, ${pattern}))`,
      `a text like ${schema['pattern'] as string}`,
    ];
  }
}

/** The types that are accepted; undefined where the schema does not simply say. */
function typesOf(schema: Keywords): readonly string[] | undefined {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type as string[];
  const options = asList(schema['anyOf'] ?? schema['oneOf']);
  if (options.length === 0) return undefined;
  const each = options.map((option) => (isObject(option) ? typesOf(option) : undefined));
  return each.every((types) => types !== undefined) ? each.flat() : undefined;
}

/** A text in JSONata. `%}` would end the expression in the state machine. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('%', '\\u0025');
}
