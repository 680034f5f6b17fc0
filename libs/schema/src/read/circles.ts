import { asList, isObject, type Keywords } from '../json.ts';
import { resolveReference } from '../reference.ts';

/** Keywords whose subschemas judge the same value. */
const SAME_VALUE = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'] as const;

/**
 * Does some reference lead back to itself without going into the value? It says nothing, and no
 * validator comes to an end with it.
 * @param root in the plain form
 */
export function hasEmptyCircle(root: Keywords): boolean {
  const done = new Set<object>();
  const running = new Set<object>();
  const leadsBack = (schema: unknown): boolean => {
    if (!isObject(schema) || done.has(schema)) return false;
    if (running.has(schema)) return true;
    running.add(schema);
    const { $ref: ref, dependentSchemas } = schema;
    const found =
      (typeof ref === 'string' && leadsBack(resolveReference(root, ref))) ||
      SAME_VALUE.some((keyword) => [schema[keyword], ...asList(schema[keyword])].some(leadsBack)) ||
      (isObject(dependentSchemas) && Object.values(dependentSchemas).some(leadsBack));
    running.delete(schema);
    done.add(schema);
    return found;
  };
  const visit = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null) return false;
    return (isObject(node) && leadsBack(node)) || Object.values(node).some(visit);
  };
  return visit(root);
}
