import { placeText } from './definition-places.ts';
import type { FailurePlace, PlaceStep } from './failure-places.ts';

/** Characters of an input, and places of a handler's stack. */
const LONGEST_INPUT = 300;
const LONGEST_STACK = 4;

/** Where a run failed, as lines: the states on the way, the line to open, the state's input. */
export function failureLines(place: FailurePlace): string[] {
  const { source, field, expression, input, code = [] } = place;
  const lines = [`in ${place.path.map(stepText).join(', ')}:`];
  if (source !== undefined) lines.push(`at ${placeText(source)}`);
  if (expression !== undefined) lines.push(`${field}: ${expression}`);
  if (input !== undefined) {
    const more = input.length > LONGEST_INPUT;
    lines.push(`input ${more ? `${input.slice(0, LONGEST_INPUT - 1)}…` : input}`);
  }
  return [...lines, ...code.slice(0, LONGEST_STACK).map((each) => `at ${each}`)];
}

/** `the state "Each" (item 2) of dev-pond`; the machine where it is another than before. */
function stepText(step: PlaceStep, index: number, path: readonly PlaceStep[]): string {
  const { state, item, branch, stateMachine, executionArn } = step;
  const part =
    item === undefined ? (branch === undefined ? '' : ` (branch ${branch})`) : ` (item ${item})`;
  const last = path[index + 1]?.executionArn !== executionArn;
  return `the state ${JSON.stringify(state)}${part}${last ? ` of ${stateMachine}` : ''}`;
}

/** An error name and its cause; Lambda's payload is read, not repeated. */
export function errorText(error: string | undefined, cause: string | undefined): string {
  const text = cause === undefined ? undefined : (lambdaMessage(cause) ?? cause);
  return [error, text].filter((part) => part !== undefined && part !== '').join(': ');
}

function lambdaMessage(cause: string): string | undefined {
  if (!cause.startsWith('{')) return undefined;
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : undefined;
  } catch {
    return undefined;
  }
}
