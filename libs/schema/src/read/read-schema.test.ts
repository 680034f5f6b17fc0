import { Ajv } from 'ajv';
import Ajv04 from 'ajv-draft-04';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Json, JsonSchema } from '../json.ts';
import { generate, seeded } from '../sample/index.ts';
import { mutations, VALUES } from '../testing/schemas.ts';
import { validator } from '../validator.ts';
import { InvalidSchema } from './invalid-schema.ts';
import { parseSchema } from './parse-schema.ts';
import { readSchema } from './read-schema.ts';

const DRAFT4 = 'http://json-schema.org/draft-04/schema#';
const DRAFT6 = 'http://json-schema.org/draft-06/schema#';
const DRAFT7 = 'http://json-schema.org/draft-07/schema#';
const DRAFT2019 = 'https://json-schema.org/draft/2019-09/schema';

const issues = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidSchema) {
      return error.issues.map(({ path, message }) => `${path}: ${message}`);
    }
    throw error;
  }
  return [];
};

/** Validators of each draft itself. */
const ORIGINAL: Readonly<Record<string, () => Ajv>> = {
  [DRAFT4]: () => new Ajv04.default({ strict: false }) as unknown as Ajv,
  [DRAFT6]: () => new Ajv({ strict: false, meta: false, validateSchema: false }),
  [DRAFT7]: () => new Ajv({ strict: false }),
  [DRAFT2019]: () => new Ajv2019({ strict: false }),
  'none, so 2020-12': () => new Ajv2020({ strict: false }),
};

const SCHEMAS: readonly (readonly [title: string, schema: JsonSchema])[] = [
  ['exclusive limits by a flag', { $schema: DRAFT4, minimum: 0, exclusiveMinimum: true }],
  ['a flag that is off', { $schema: DRAFT4, maximum: 2, exclusiveMaximum: false }],
  [
    'a tuple and what follows it',
    { $schema: DRAFT4, items: [{ type: 'string' }], additionalItems: { type: 'integer' } },
  ],
  ['a tuple that is closed', { $schema: DRAFT7, items: [{ const: 1 }], additionalItems: false }],
  [
    'additionalItems without a tuple',
    { $schema: DRAFT7, items: { type: 'string' }, additionalItems: false },
  ],
  [
    'dependencies of both kinds',
    { $schema: DRAFT7, dependencies: { a: ['b'], b: { maxProperties: 2 } } },
  ],
  [
    'definitions',
    {
      $schema: DRAFT7,
      properties: { a: { $ref: '#/definitions/x' } },
      definitions: { x: { type: 'string' } },
    },
  ],
  [
    'a reference into a tuple',
    { $schema: DRAFT7, items: [{ type: 'integer' }], properties: { a: { $ref: '#/items/0' } } },
  ],
  [
    'an anchor of an older draft',
    {
      $schema: DRAFT7,
      properties: { a: { $ref: '#x' } },
      definitions: { any: { $id: '#x', type: 'string' } },
    },
  ],
  [
    'draft-04 ids',
    {
      $schema: DRAFT4,
      id: 'http://example.com/root.json',
      properties: { a: { $ref: 'item.json' } },
      definitions: { any: { id: 'item.json', type: 'string' } },
    },
  ],
  [
    'a recursive reference',
    {
      $schema: DRAFT2019,
      type: ['object', 'string'],
      additionalProperties: { $recursiveRef: '#' },
    },
  ],
  [
    'an anchor',
    { properties: { a: { $ref: '#x' } }, $defs: { any: { $anchor: 'x', type: 'string' } } },
  ],
  [
    'ids inside of ids',
    {
      $id: 'https://example.com/a/root',
      properties: { a: { $ref: 'b/item' }, b: { $ref: 'b/item#here' } },
      $defs: {
        any: {
          $id: 'b/item',
          allOf: [{ $ref: '#/$defs/own' }],
          $defs: { own: { type: 'string' }, two: { $anchor: 'here', type: 'integer' } },
        },
      },
    },
  ],
  [
    'a dynamic reference in one resource',
    {
      $dynamicAnchor: 'x',
      additionalProperties: { $dynamicRef: '#x' },
      type: ['object', 'integer'],
    },
  ],
  [
    'escapes in a reference',
    { properties: { a: { $ref: '#/$defs/p~1q~0r%25' } }, $defs: { 'p/q~r%': { type: 'string' } } },
  ],
  [
    'a reference to where no keyword has schemas',
    { properties: { a: { $ref: '#/components/A' } }, components: { A: { type: 'string' } } },
  ],
  ['what names itself', { properties: { a: { $ref: '#' } }, required: ['b'], type: 'object' }],
  [
    'an $id that is data',
    { enum: [{ $id: 'x', $ref: 'nowhere' }, 1], properties: { a: { const: { $ref: '#/no' } } } },
  ],
];

describe('readSchema', () => {
  test.each(SCHEMAS)('says in plain 2020-12 what its own draft says: %s', (_, schema) => {
    const address = (schema as { $schema?: string }).$schema ?? 'none, so 2020-12';
    const original = (ORIGINAL[address]?.() as Ajv).compile(JSON.parse(JSON.stringify(schema)));
    const plain = validator(readSchema(schema));
    const make = generate(schema);
    const made = Array.from({ length: 30 }, (_none, seed) => make(seeded(seed)));
    const own: Json[] = [{ a: 'x' }, { a: 1 }, { a: { b: 1 } }, { b: 'x' }, { a: 1, b: 2, c: 3 }];
    const values = [...VALUES, ...own, ...made.filter((value) => value !== undefined)];
    const judged = values.flatMap((value) => [value, ...mutations(value)]);
    for (const value of judged) {
      expect({ value, valid: plain(value) }).toEqual({ value, valid: original(value) });
    }
    expect(new Set(judged.map((value) => original(value)))).toEqual(new Set([true, false]));
  });

  test.each<readonly [unknown, string]>([
    [{ type: 'strnig' }, `/type: "strnig" isn't one of "array"`],
    [{ properties: { a: { minimum: '5' } } }, '/properties/a/minimum: must be number; it is "5"'],
    [{ required: 'a' }, '/required: must be array'],
    [{ pattern: '(' }, "/pattern: ( isn't a valid regular expression"],
    [{ patternProperties: { '[': {} } }, "/patternProperties: [ isn't a valid regular expression"],
    [[], ": isn't a schema"],
    [null, ": isn't a schema"],
    [{ $schema: 'http://json-schema.org/draft-03/schema#' }, '/$schema: '],
    [{ $schema: 'https://example.com/own' }, "isn't one of the drafts draft-04"],
    [{ items: [{}] }, 'name the draft you mean'],
    [{ minimum: 1, exclusiveMinimum: true }, 'name the draft you mean'],
    [{ dependencies: { a: ['b'] } }, '/dependencies: is a keyword up to draft-07'],
    [{ additionalItems: false }, '/additionalItems: is a keyword up to 2019-09'],
    [{ $schema: DRAFT7, prefixItems: [{}] }, '/prefixItems: is a keyword from 2020-12 on'],
    [{ $schema: DRAFT4, const: 1 }, '/const: is a keyword from draft-06 on'],
    [
      { properties: { a: { type: 'string', nullable: true } } },
      '/properties/a/nullable: is a word',
    ],
    [{ $ref: '#/$defs/none' }, '/$ref: #/$defs/none leads to nothing'],
    [{ $ref: '#none' }, '/$ref: #none leads to nothing'],
    [{ $ref: 'https://example.com/other' }, 'leads to nothing in this document'],
    [{ $ref: '#/$defs/a', $defs: { a: 5 } }, '/$defs/a: must be object,boolean'],
    [{ $ref: '#/x', x: { type: 'strnig' } }, `#/x/type: "strnig" isn't one of`],
    [{ $defs: { a: { $anchor: 'x' }, b: { $anchor: 'x' } } }, 'two schemas are called #x'],
    [
      { $schema: DRAFT7, $ref: '#/definitions/a', minimum: 1, definitions: { a: {} } },
      '/minimum: stands beside $ref',
    ],
    [
      { $defs: { a: { $id: 'https://example.com/a' } }, $dynamicRef: '#x', $dynamicAnchor: 'x' },
      '/$dynamicRef: ',
    ],
    [{ anyOf: [{ $ref: '#' }] }, 'leads back to itself without going into the value'],
    [{ $defs: { a: { $schema: DRAFT7 } }, $ref: '#/$defs/a' }, 'names another draft'],
    [{ minimum: Infinity }, '/minimum: is a number that is too large'],
  ])('refuses %j by name', (schema, message) => {
    expect(issues(() => readSchema(schema)).join('\n')).toContain(message);
  });

  test('refuses what is nested too deeply instead of overflowing', () => {
    let schema: JsonSchema = {};
    for (let level = 0; level < 5000; level++) schema = { properties: { a: schema } };
    expect(issues(() => readSchema(schema))).toEqual([': is nested too deeply: over 400 keys']);
  });

  test('takes names of fields and data for what they are', () => {
    const schema = {
      properties: {
        nullable: {},
        $ref: { type: 'string' },
        items: { const: [{ nullable: true }] },
      },
      default: { nullable: true },
    };
    expect(issues(() => readSchema(schema))).toEqual([]);
  });
});

describe('parseSchema', () => {
  test('refuses a number that would be rounded, and takes those that are exact', () => {
    expect(issues(() => parseSchema('{"minimum": 9007199254740993}'))).toEqual([
      'minimum: 9007199254740993 is a number that JSON readers round to 9007199254740992',
    ]);
    expect(parseSchema('{"minimum": 9007199254740992, "multipleOf": 0.1}')).toEqual({
      minimum: 9007199254740992,
      multipleOf: 0.1,
    });
  });
});
