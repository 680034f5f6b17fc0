import { compilePath, ExpressionSyntaxError } from '../expressions/jsonpath.ts';
import { referenceSteps } from '../expressions/jsonpath/reference-path.ts';
import { isIntrinsic } from '../expressions/intrinsics.ts';
import { expressionIn } from '../expressions/jsonata/parse.ts';
import type { Json } from '../json.ts';
import { isObject } from '../json.ts';
import type { QueryLanguage } from './diagnostic.ts';
import { checkExpression } from './jsonata-expression.ts';
import { hasPlaceholder, isLater } from './placeholders.ts';
import { inside, refuse, type Place } from './place.ts';

/** Says what is wrong with one value. */
export type Check = (value: Json, place: Place) => void;

function show(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

export const anything: Check = () => undefined;

export const string: Check = (value, place) => {
  if (typeof value !== 'string') refuse(place, `Expected a string, got ${show(value)}`);
};

export const boolean: Check = (value, place) => {
  if (typeof value !== 'boolean') refuse(place, `Expected true or false, got ${show(value)}`);
};

export const object: Check = (value, place) => {
  if (!isObject(value)) refuse(place, `Expected an object, got ${show(value)}`);
};

export function oneOf(...allowed: readonly Json[]): Check {
  return (value, place) => {
    if (!allowed.includes(value)) {
      refuse(place, `Expected one of ${allowed.map(show).join(', ')}, got ${show(value)}`);
    }
  };
}

export function number(options: { min: number; max: number; integer: boolean }): Check {
  const { min, max, integer } = options;
  return (value, place) => {
    const right = typeof value === 'number' && (!integer || Number.isInteger(value));
    if (!right || value < min || value > max) {
      refuse(
        place,
        `Expected ${integer ? 'an integer' : 'a number'} from ${String(min)} to ${String(max)}, ` +
          `got ${show(value)}`,
      );
    }
  };
}

export function integer(min: number, max: number): Check {
  return number({ min, max, integer: true });
}

/** In JSONata states most fields take `{% … %}` in place of a literal. */
export function orExpression(literal: Check): Check {
  return (value, place) => {
    if (place.state.queryLanguage === 'JSONata' && typeof value === 'string') {
      if (expressionIn(value) !== undefined) {
        checkExpression(value, place);
        return;
      }
    }
    literal(value, place);
  };
}

/** Any JSON with expressions in it. */
export const jsonataTemplate: Check = (value, place) => {
  if (typeof value === 'string') checkExpression(value, place);
  else if (Array.isArray(value)) {
    value.forEach((item, index) => jsonataTemplate(item, inside(place, index)));
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) jsonataTemplate(item, inside(place, key));
  }
};

function checkPath(text: string, place: Place, options: PathOptions): void {
  if (place.state.options.placeholders && hasPlaceholder(text)) return;
  if (isIntrinsic(text) && options.intrinsics !== true) {
    refuse(place, `An intrinsic function is not allowed here: ${show(text)}`);
    return;
  }
  syntax(place, () => {
    const { definite } = compilePath(text, { field: '', stateName: '' });
    if (!definite && options.single === true) {
      refuse(place, `The path must lead to a single value: ${show(text)}`);
    }
  });
}

function syntax(place: Place, parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    refuse(place, `Not a valid JSONPath: ${error.message}`);
  }
}

interface PathOptions {
  readonly nullable?: boolean;
  readonly intrinsics?: boolean;
  /** No wildcard, slice or filter. */
  readonly single?: boolean;
}

function pathCheck(options: PathOptions): Check {
  return (value, place) => {
    if (value === null && options.nullable === true) return;
    if (typeof value === 'string') checkPath(value, place, options);
    else refuse(place, `Expected a JSONPath, got ${show(value)}`);
  };
}

export const path = pathCheck({});
export const singlePath = pathCheck({ single: true });
/** A number of a Map: unlike elsewhere, the context object is no place for it. */
export const mapNumberPath: Check = (value, place) => {
  singlePath(value, place);
  if (typeof value === 'string' && value.trimStart().startsWith('$$')) {
    refuse(place, `Value is not a Reference Path: ${show(value)} reads the context object`);
  }
};
export const pathOrNull = pathCheck({ nullable: true });
export const pathOrIntrinsic = pathCheck({ intrinsics: true });

/** ResultPath: names one place below `$`, or null. */
export const referencePathOrNull: Check = (value, place) => {
  if (value === null) return;
  if (typeof value !== 'string') {
    refuse(place, `Expected a reference path or null, got ${show(value)}`);
    return;
  }
  if (place.state.options.placeholders && hasPlaceholder(value)) return;
  syntax(place, () => referenceSteps(value));
};

/** Parameters and its like: a key that ends in `.$` holds a path or an intrinsic function call. */
export const payloadTemplate: Check = (value, place) => {
  if (Array.isArray(value)) {
    value.forEach((item, index) => payloadTemplate(item, inside(place, index)));
    return;
  }
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (!key.endsWith('.$')) {
      payloadTemplate(item, inside(place, key));
      continue;
    }
    if (Object.hasOwn(value, key.slice(0, -2))) {
      refuse(inside(place, key), `'${key}' and '${key.slice(0, -2)}' set the same field`);
    }
    pathOrIntrinsic(item, inside(place, key));
  }
};

/** A template of the state's own language. */
export const template: Check = (value, place) => {
  (place.state.queryLanguage === 'JSONata' ? jsonataTemplate : payloadTemplate)(value, place);
};

/** An object whose fields have checks of their own; others are refused. */
export function fields(
  table: Readonly<Record<string, Check>>,
  required: readonly string[] = [],
): Check {
  return (value, place) => {
    if (isLater(value, place.state.options)) return;
    if (!isObject(value)) {
      refuse(place, `Expected an object, got ${show(value)}`);
      return;
    }
    for (const name of required) {
      if (value[name] === undefined) refuse(place, `The field '${name}' is missing`);
    }
    for (const [name, item] of Object.entries(value)) {
      const check = Object.hasOwn(table, name) ? table[name] : undefined;
      if (check === undefined) refuse(inside(place, name), `Field '${name}' is not supported`);
      else if (!isLater(item, place.state.options)) check(item, inside(place, name));
    }
  };
}

/** A field that only one of the query languages has. */
export function only(language: QueryLanguage, check: Check): Check {
  return (value, place) => {
    if (place.state.queryLanguage === language) check(value, place);
    else {
      refuse(
        place,
        `The QueryLanguage is set to '${place.state.queryLanguage}', but this field is only ` +
          `supported for the '${language}' QueryLanguage`,
      );
    }
  };
}

/** Refuses a literal beside the path that would replace it. */
export function exclusive(check: Check, names: readonly string[]): Check {
  return (value, place) => {
    check(value, place);
    if (!isObject(value)) return;
    for (const name of names) {
      if (value[name] !== undefined && value[`${name}Path`] !== undefined) {
        refuse(place, `Only one of ${name}, ${name}Path is allowed`);
      }
    }
  };
}
