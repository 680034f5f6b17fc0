import { type JsonSchema, type Keywords, resolveReference } from '@harmony/schema';
import type { Fact, JsonType } from './fact.ts';

type Declared = Extract<Fact, { kind: 'declared' }>;

const MAX_REFERENCES = 50;

/** The alternatives of a declared value: references followed, unions opened. */
export function alternatives(fact: Declared): Declared[] {
  const found: Declared[] = [];
  const visit = (schema: JsonSchema, followed: number): void => {
    if (typeof schema === 'boolean') {
      found.push({ ...fact, schema });
      return;
    }
    const reference = schema['$ref'];
    if (typeof reference === 'string' && followed < MAX_REFERENCES) {
      const target = resolveReference(fact.root, reference);
      if (target !== undefined) return visit(target, followed + 1);
    }
    const options = (schema['anyOf'] ?? schema['oneOf']) as readonly JsonSchema[] | undefined;
    if (options) for (const option of options) visit(option, followed);
    else found.push({ ...fact, schema });
  };
  visit(fact.schema, 0);
  return found;
}

/** JSON types of one alternative; undefined where the schema leaves them open. */
export function declaredTypes(schema: JsonSchema): readonly JsonType[] | undefined {
  if (typeof schema === 'boolean') return undefined;
  const { type, enum: values, const: only } = schema as Keywords;
  if (type !== undefined) {
    const types = ([type].flat() as string[]).map((name) => (name === 'integer' ? 'number' : name));
    return types as JsonType[];
  }
  const constants = values !== undefined ? (values as unknown[]) : only !== undefined ? [only] : [];
  return constants.length > 0 ? [...new Set(constants.map(typeOf))] : undefined;
}

export function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : (typeof value as JsonType);
}

/** The values that an alternative can only have; undefined where it is no enumeration. */
export function declaredValues(schema: JsonSchema): readonly unknown[] | undefined {
  if (typeof schema === 'boolean') return undefined;
  if (schema['enum'] !== undefined) return schema['enum'] as unknown[];
  return schema['const'] === undefined ? undefined : [schema['const']];
}

/** A field of an alternative; undefined where the contract does not declare it. */
export function declaredField(
  fact: Declared,
  name: string,
): { readonly fact: Declared; readonly maybe: boolean } | undefined {
  if (typeof fact.schema === 'boolean') return undefined;
  const { properties, required, additionalProperties } = fact.schema as Keywords;
  const own = (properties as Record<string, JsonSchema> | undefined) ?? {};
  const at = (schema: JsonSchema): Declared => ({ ...fact, schema, path: `${fact.path}.${name}` });
  if (Object.hasOwn(own, name)) {
    const schema = own[name] as JsonSchema;
    const isDefaulted = typeof schema === 'object' && schema['default'] !== undefined;
    const listed = (required as string[] | undefined) ?? [];
    if (fact.absentAtTimes) return { fact: at(schema), maybe: mayLack(fact, schema, listed, name) };
    const always = listed.includes(name);
    return { fact: at(schema), maybe: !always && !(fact.applied === true && isDefaulted) };
  }
  if (typeof additionalProperties === 'object' && additionalProperties !== null) {
    return {
      fact: at(additionalProperties as JsonSchema),
      maybe: fact.absentAtTimes === undefined,
    };
  }
  return undefined;
}

/**
 * Most of AWS's models name no member of an answer as always there, or its identifier alone, and mean
 * nothing by it: only where more are named do the others count as absent at times; but flags, counts
 * and lists have a value for nothing.
 */
function mayLack(
  fact: Declared,
  schema: JsonSchema,
  required: readonly string[],
  name: string,
): boolean {
  if (fact.absentAtTimes?.has(`${fact.path}.${name}`) === true) return true;
  const types = declaredTypes(schema) ?? [];
  const hasEmpty = types.some((type) => ['boolean', 'number', 'array'].includes(type));
  return required.length > 1 && !required.includes(name) && !hasEmpty;
}

/** Who declares it, for a message. */
export function declarer(fact: Declared): string {
  return fact.absentAtTimes ? 'AWS' : 'the contract';
}

/** Names that an alternative declares, for a suggestion. */
export function declaredNames(fact: Declared): string[] {
  if (typeof fact.schema === 'boolean') return [];
  return Object.keys((fact.schema['properties'] as Keywords | undefined) ?? {});
}

export function declaredItem(fact: Declared): Declared | undefined {
  if (typeof fact.schema === 'boolean') return undefined;
  const { items } = fact.schema as Keywords;
  if (items === undefined || items === true) return undefined;
  return { ...fact, schema: items as JsonSchema, path: `${fact.path}[]` };
}
