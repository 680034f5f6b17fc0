import { jsonataDepth, maxJsonataDepth } from '@harmony/engine/depth';
import type { JsonSchema } from '@harmony/schema';
import { declares } from '@harmony/schema/paths';
import jsonata from 'jsonata';
import { conditionValue } from '../condition.ts';
import type { RuleFinding } from './finding.ts';
import { readExpression } from './read-expression.ts';

/**
 * A condition: JSONata that can be evaluated, over fields that the payload declares, and no deeper
 * than Step Functions evaluates. Findings name the position in the text.
 */
export function checkCondition(text: unknown, payload: JsonSchema): RuleFinding[] {
  const finding = (reason: string): RuleFinding => ({ code: 'CONDITION', path: 'when', reason });
  if (typeof text !== 'string' || text.trim() === '') {
    return [finding('expected a JSONata expression over the payload')];
  }
  if (text.includes('%}')) {
    return [finding('may not contain "%}", which ends an expression in a state machine')];
  }
  const { fields, problems } = readExpression(text);
  const at = (position: number | undefined) =>
    position === undefined ? '' : ` (at position ${position} of ${JSON.stringify(text)})`;
  if (problems.length > 0) {
    return problems.map(({ message, position }) => finding(message + at(position)));
  }
  return [
    ...checkDepth(text).map(finding),
    ...fields
      .filter(({ path }) => !declares(payload, path))
      .map(({ path, position }) =>
        finding(`the payload does not declare "${path.join('.')}"${at(position)}`),
      ),
  ];
}

/** As it is rendered: what stands around the author's text is evaluated too. */
function checkDepth(text: string): string[] {
  const rendered = conditionValue(text).slice('{%'.length, -'%}'.length);
  const depth = jsonataDepth(jsonata(rendered).ast() as Parameters<typeof jsonataDepth>[0]);
  if (depth <= maxJsonataDepth) return [];
  return [
    `is ${depth} levels deep as it is rendered, and Step Functions evaluates at most ${maxJsonataDepth}: each "or" of a chain is a level, so write "field in [ … ]" or shorten it`,
  ];
}
