import { asList, isObject, isSchema, type JsonSchema } from '../json.ts';
import { followReferences } from '../reference.ts';

/** What a schema says of the value at a path. */
export interface SchemaAt {
  /** A document of its own: references in it still resolve. */
  readonly schema: JsonSchema;
  /** Whether every value that the root accepts has something there. */
  readonly sure: boolean;
}

/**
 * The schema of the value at a path of field names; undefined where the root does not declare it.
 * Through a union it must be declared by every alternative, or some value lacks it.
 */
export function schemaAt(root: JsonSchema, path: readonly string[]): SchemaAt | undefined {
  let here: { alternatives: readonly JsonSchema[]; sure: boolean } = {
    alternatives: [root],
    sure: true,
  };
  for (const key of path) {
    const next: JsonSchema[] = [];
    let sure = here.sure;
    for (const alternative of here.alternatives) {
      for (const option of alternativesOf(root, alternative)) {
        const found = fieldOf(root, option, key);
        if (found === undefined) return undefined;
        next.push(found.schema);
        sure &&= found.required;
      }
    }
    if (next.length === 0) return undefined;
    here = { alternatives: next, sure };
  }
  const [only, ...more] = here.alternatives;
  const schema = more.length === 0 && only !== undefined ? only : { anyOf: here.alternatives };
  return { schema: withDefinitions(root, schema), sure: here.sure };
}

/**
 * Whether some value of the schema may hold a field at the path, lists stepped through as JSONata
 * does. A schema that accepts anything declares every field.
 */
export function declares(root: JsonSchema, path: readonly string[], from = root): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  return alternativesOf(root, from).some((option) => {
    if (option === true || isAnything(option)) return true;
    if (!isObject(option)) return false;
    const items = [option['items'], ...asList(option['prefixItems'])].filter(isSchema);
    if (items.some((item) => declares(root, path, item))) return true;
    const found = fieldOf(root, option, key);
    if (found !== undefined) return declares(root, rest, found.schema);
    const { additionalProperties: others, properties } = option;
    // A record names its values, not its fields; a merely open object declares none.
    if (isObject(others) && Object.keys(others).length > 0) return declares(root, rest, others);
    return others !== false && option['type'] === 'object' && properties === undefined;
  });
}

function fieldOf(root: JsonSchema, schema: JsonSchema, key: string) {
  // It says nothing of the value: any field may be there.
  if (schema === true || isAnything(schema)) return { schema: true, required: false };
  if (!isObject(schema)) return undefined;
  const found = [
    schema,
    ...asList(schema['allOf']).map((part) => followReferences(root, part)),
  ].flatMap((part) => {
    const properties = isObject(part) ? part['properties'] : undefined;
    if (!isObject(properties) || !Object.hasOwn(properties, key)) return [];
    const required = isObject(part) && asList(part['required']).includes(key);
    return [{ schema: properties[key] as JsonSchema, required }];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  return { schema: first.schema, required: found.some(({ required }) => required) };
}

/** A reference that leads nowhere accepts nothing: no field is declared through it. */
function alternativesOf(root: JsonSchema, schema: JsonSchema, depth = 0): JsonSchema[] {
  const resolved = followReferences(root, schema);
  if (!isObject(resolved) || depth > 32) return [resolved ?? false];
  const options = asList(resolved['anyOf'] ?? resolved['oneOf']).filter(isSchema);
  if (options.length === 0) return [resolved];
  return options.flatMap((option) => alternativesOf(root, option, depth + 1));
}

function withDefinitions(root: JsonSchema, schema: JsonSchema): JsonSchema {
  if (!isObject(root) || !isObject(schema) || root['$defs'] === undefined) return schema;
  return { ...schema, $defs: root['$defs'] };
}

function isAnything(schema: JsonSchema): boolean {
  const saying = (key: string) => !['$schema', '$defs', 'title', 'description'].includes(key);
  return isObject(schema) && !Object.keys(schema).some(saying);
}
