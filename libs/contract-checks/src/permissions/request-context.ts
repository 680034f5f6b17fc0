import { isLiteral } from '@harmony/aws-calls';
import { isObject } from '@harmony/schema';
import type { DefinedCall } from './calls.ts';
import type { RequestContext } from './statements.ts';

/** Condition keys that EventBridge takes from the events themselves, by field. */
const OF_EVENTS = { 'events:source': 'Source', 'events:detail-type': 'DetailType' } as const;

/**
 * The condition keys that a call's arguments fix.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export function requestContext({ call, given }: DefinedCall): RequestContext {
  if (call.action !== 'putEvents') return {};
  const entries: unknown = given['Entries'];
  if (!Array.isArray(entries)) return {};
  return Object.fromEntries(
    Object.entries(OF_EVENTS).flatMap(([key, field]) => {
      const values = entries.map((entry) => (isObject(entry) ? entry[field] : undefined));
      const isFixed = values.every(
        (value): value is string => typeof value === 'string' && isLiteral(value),
      );
      return isFixed ? [[key, values]] : [];
    }),
  );
}
