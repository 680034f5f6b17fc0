import { describe, expect, it } from 'vitest';
import { declaredFieldsOnly } from './declared-fields.ts';

const object = (rest: Record<string, unknown> = {}) => ({
  type: 'object',
  properties: { a: { type: 'string' } },
  ...rest,
});
const closed = object({ additionalProperties: false });

describe('declaredFieldsOnly', () => {
  it.each([
    ['at the root', object(), closed],
    [
      'in fields',
      object({ properties: { o: object() } }),
      { ...closed, properties: { o: closed } },
    ],
    ['in items', { items: object() }, { items: closed }],
    ['in tuples', { prefixItems: [object()] }, { prefixItems: [closed] }],
    ['in alternatives', { anyOf: [object(), true] }, { anyOf: [closed, true] }],
    [
      'in definitions',
      { $ref: '#/$defs/x', $defs: { x: object() } },
      { $ref: '#/$defs/x', $defs: { x: closed } },
    ],
  ])('closes objects %s', (_, schema, expected) => {
    expect(declaredFieldsOnly(schema)).toEqual(expected);
  });

  it.each([
    ['that says what else it takes', object({ additionalProperties: {} })],
    ['whose other fields have patterns', object({ patternProperties: { '^x': true } })],
    ['that is joined with another', { allOf: [object(), object()] }],
    ['that declares nothing', { type: 'object' }],
  ])('leaves an object alone %s', (_, schema) => {
    expect(declaredFieldsOnly(schema)).toEqual(schema);
  });
});
