import { EvaluationScope } from '../core/scope.ts';
import type { Thread } from '../core/port.ts';
import { StatesError } from '../errors.ts';
import { unexpectedType } from '../expressions/jsonata.ts';
import { compilePath } from '../expressions/jsonpath.ts';
import type { CompiledPath } from '../expressions/types.ts';
import type { Json, JsonObject } from '../json.ts';
import { stringField, type CompileContext } from './context.ts';
import { compileJsonataField } from './flow-jsonata.ts';

/** A number that a state takes as a literal, by a `…Path` (JSONPath) or by an expression (JSONata). */
export type NumberField = (thread: Thread, view: Json) => number;

/** How a `…Path` field words its complaints: the fields of the service differ. */
export interface PathWording {
  missing(field: string, path: string): string | undefined;
  notANumber(field: string, path: string, value: Json): string;
  /** undefined: any number is fine. */
  outOfRange(field: string, path: string, value: number): string | undefined;
  readonly integer: boolean;
  /** The error's name; States.Runtime unless told. */
  readonly error?: string;
  /** Whether text that holds a number is taken. */
  readonly text: boolean;
}

/**
 * Compiles `field`, or `fieldPath` in JSONPath.
 * @returns undefined where the definition has neither
 */
export function compileNumberField(
  definition: JsonObject,
  field: string,
  context: CompileContext,
  wording: PathWording,
): NumberField | undefined {
  if (context.language === 'JSONata') return jsonataNumber(definition, field, context, wording);
  const pathField = `${field}Path`;
  const text = stringField(definition, pathField);
  if (text !== undefined) {
    return pathNumber(compilePath(text, context.where(pathField)), pathField, text, wording);
  }
  const literal = definition[field];
  return typeof literal === 'number' ? () => literal : undefined;
}

function pathNumber(
  path: CompiledPath,
  field: string,
  text: string,
  wording: PathWording,
): NumberField {
  const { error = 'States.Runtime' } = wording;
  return (thread, view) => {
    const scope = new EvaluationScope(thread, view);
    const missing = wording.missing(field, text);
    const value = missing === undefined ? path.evaluate(scope) : path.find(scope);
    if (value === undefined) throw new StatesError(error, missing as string);
    const number = asNumber(value, wording);
    if (number === undefined) {
      throw new StatesError(error, wording.notANumber(field, text, value));
    }
    const complaint = wording.outOfRange(field, text, number);
    if (complaint !== undefined) throw new StatesError(error, complaint);
    return number;
  };
}

function asNumber(value: Json, wording: PathWording): number | undefined {
  const isText = wording.text && typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value);
  const number = isText ? Number(value) : value;
  if (typeof number !== 'number') return undefined;
  return wording.integer && !Number.isInteger(number) ? undefined : number;
}

function jsonataNumber(
  definition: JsonObject,
  field: string,
  context: CompileContext,
  wording: PathWording,
): NumberField | undefined {
  const literal = definition[field];
  if (typeof literal === 'number') return () => literal;
  const template = compileJsonataField(definition, field, context);
  if (template === undefined) return undefined;
  const text = template.expression ?? '';
  const check = (value: Json): number => {
    if (typeof value !== 'number') throw unexpectedType(text, field, 'number', value);
    if (wording.integer && !Number.isInteger(value)) {
      throw unexpectedType(text, field, 'integer', value);
    }
    const complaint = wording.outOfRange(field, text, value);
    if (complaint === undefined) return value;
    throw new StatesError('States.QueryEvaluationError', complaint, { location: field });
  };
  return (thread) => {
    return check(template.evaluate(new EvaluationScope(thread, thread.input)));
  };
}

/** SecondsPath, TimeoutSecondsPath, HeartbeatSecondsPath. */
export const secondsWording: PathWording = {
  integer: true,
  text: false,
  missing: (field, path) => `The ${field} parameter does not reference an input value: ${path}`,
  notANumber: (field, path, value) =>
    `The ${field} parameter cannot be parsed as a long value: ${path} == ${bare(value)}`,
  outOfRange: (field, path, value) =>
    value < 0
      ? `The ${field} parameter references a negative value: ${path} == ${value}`
      : undefined,
};

/** MaxConcurrencyPath, ToleratedFailureCountPath, ToleratedFailurePercentagePath, MaxItems…Path. */
export function fieldWording(options: {
  readonly kind: 'integer' | 'float';
  readonly outOfRange: (value: number) => string | undefined;
}): PathWording {
  return {
    integer: options.kind === 'integer',
    text: true,
    // The path's own complaint is the right one.
    missing: () => undefined,
    notANumber: (field, path, value) =>
      `The ${field} field refers to value "${bare(value)}" which is not a valid ${options.kind}: ${path}`,
    outOfRange: (_field, _path, value) => options.outOfRange(value),
  };
}

/** Text as it is, other values as JSON. */
export function bare(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
