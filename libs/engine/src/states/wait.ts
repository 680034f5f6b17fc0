import { EvaluationScope } from '../core/scope.ts';
import type { CompiledState, Thread } from '../core/port.ts';
import { StatesError } from '../errors.ts';
import { compileFlow } from '../compile/compile-flow.ts';
import { compileJsonataField } from '../compile/flow-jsonata.ts';
import { bare, compileNumberField, secondsWording } from '../compile/number-field.ts';
import { nextOf, stringField, type CompileContext } from '../compile/context.ts';
import { compilePath } from '../expressions/jsonpath.ts';
import type { Json, JsonObject } from '../json.ts';

/** Until when to wait, in milliseconds since the epoch. */
type Until = (thread: Thread, view: Json) => number;

/**
 * The service counts the seconds of a wait in 31 bits: 24,855 days ahead are taken, 24,856 are not
 * (LocalStack's tests against AWS, base/test_wait.py).
 */
const farthestMs = 2 ** 31 * 1000;

/** Wait: for Seconds, until Timestamp, or either by path or expression. */
export function compileWait(definition: JsonObject, context: CompileContext): CompiledState {
  const flow = compileFlow(definition, context);
  const next = nextOf(definition, context);
  const until = compileUntil(definition, context);
  const enter = (thread: Thread): void => {
    const at = until(thread, flow.view(thread));
    const { scheduler } = thread.execution.services;
    const visit = thread.visit;
    if (at - scheduler.now() > farthestMs) {
      throw new StatesError(
        'States.Runtime',
        `The time to wait for is too far away: ${new Date(at).toISOString()}`,
      );
    }
    thread.onAbort = scheduler.timer(at, () =>
      thread.resume(visit, () => {
        thread.onAbort = undefined;
        thread.trigger = thread.pointer;
        flow.passOn(thread, next);
      }),
    );
  };
  return {
    name: context.name,
    enteredEvent: 'WaitStateEntered',
    exitedEvent: 'WaitStateExited',
    abortedEvent: 'WaitStateAborted',
    retryAndCatch: undefined,
    retryable: false,
    enter,
    retry: enter,
    redrive: (thread) => thread.reenter(),
  };
}

function compileUntil(definition: JsonObject, context: CompileContext): Until {
  const seconds = compileNumberField(definition, 'Seconds', context, secondsWording);
  if (seconds !== undefined) {
    return (thread, view) => {
      const length = seconds(thread, view);
      return thread.execution.services.scheduler.now() + length * 1000;
    };
  }
  if (context.language === 'JSONata') {
    const template = compileJsonataField(definition, 'Timestamp', context);
    if (template === undefined) throw new Error(`Wait '${context.name}' has nothing to wait for`);
    const check = (value: Json): number => {
      const at = parseTimestamp(value);
      if (at !== undefined) return at;
      throw new StatesError(
        'States.QueryEvaluationError',
        `The Timestamp parameter does not reference a valid ISO-8601 extended offset date-time format string: ${template.expression ?? 'Timestamp'} == ${bare(value)}`,
        { location: 'Timestamp' },
      );
    };
    return (thread) => check(template.evaluate(new EvaluationScope(thread, thread.input)));
  }
  const text = stringField(definition, 'TimestampPath');
  if (text === undefined) {
    const at = parseTimestamp(definition['Timestamp'] ?? null);
    if (at === undefined) throw new Error(`Wait '${context.name}' has no valid Timestamp`);
    return () => at;
  }
  const path = compilePath(text, context.where('TimestampPath'));
  return (thread, view) => {
    const value = path.find(new EvaluationScope(thread, view));
    if (value === undefined) {
      throw new StatesError(
        'States.Runtime',
        `The TimestampPath parameter does not reference an input value: ${text}`,
      );
    }
    const at = parseTimestamp(value);
    if (at !== undefined) return at;
    throw new StatesError(
      'States.Runtime',
      `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${text} == ${bare(value)}`,
    );
  };
}

const timestamp =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * RFC 3339 with upper-case T and Z, as the language requires.
 * @returns milliseconds since the epoch, or undefined when the value is no such text
 */
export function parseTimestamp(value: Json): number | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = timestamp.exec(value);
  if (parts === null) return undefined;
  const [, , month, day, hour, minute, second = '00'] = parts;
  const inRange =
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= daysIn(Number(parts[1]), Number(month)) &&
    Number(hour) <= 23 &&
    Number(minute) <= 59 &&
    Number(second) <= 59;
  if (!inRange) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
