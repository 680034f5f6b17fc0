import type { Json } from '../../json.ts';
import { jsonEquals } from '../deep-equal.ts';
import { exec } from '../regex-guard.ts';
import type { Effort } from './effort.ts';
import type { FilterNode, FilterOperand, FilterOperator, PathAst } from './ast.ts';

/** Finds the value of a path inside a filter: `undefined` when a definite path matches nothing. */
export type PathLookup = (path: PathAst, item: Json) => Json | undefined;

/** Whether an array's item (or an object's value) passes `[?(…)]`. */
export function accepts(node: FilterNode, item: Json, lookup: PathLookup, effort: Effort): boolean {
  switch (node.kind) {
    case 'and':
      return node.terms.every((term) => accepts(term, item, lookup, effort));
    case 'or':
      return node.terms.some((term) => accepts(term, item, lookup, effort));
    case 'not':
      return !accepts(node.term, item, lookup, effort);
    case 'exists': {
      // An explicit null counts as absent, false does not (floci-io/floci, issues 3260 and 3480).
      const value = lookup(node.path, item);
      return value !== undefined && value !== null;
    }
    case 'compare': {
      const left = operandValue(node.left, item, lookup);
      if (node.right.kind === 'regex') {
        return (
          node.operator === '=~' &&
          typeof left === 'string' &&
          matches(wholeText(node.right.source, node.right.flags), left, effort)
        );
      }
      return compare(node.operator, left, operandValue(node.right, item, lookup));
    }
  }
}

function operandValue(operand: FilterOperand, item: Json, lookup: PathLookup): Json | undefined {
  if (operand.kind === 'literal') return operand.value;
  return operand.kind === 'path' ? lookup(operand.path, item) : undefined;
}

type Comparison = (left: Json | undefined, right: Json | undefined) => boolean;

function ordered(test: (order: number) => boolean): Comparison {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return test(left - right);
    if (typeof left === 'string' && typeof right === 'string') {
      return test(left < right ? -1 : left > right ? 1 : 0);
    }
    return false;
  };
}

function oneOf(value: Json | undefined, list: Json | undefined): boolean {
  return Array.isArray(list) && list.some((item) => equals(value, item));
}

/** A number equals a string that spells it, as the JSONPath library of the service has it. */
function equals(left: Json | undefined, right: Json | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  if (typeof left === 'number' && typeof right === 'string') {
    return right.trim() !== '' && Number(right) === left;
  }
  if (typeof left === 'string' && typeof right === 'number') return left === String(right);
  return jsonEquals(left, right);
}

const comparisons: Readonly<Record<FilterOperator, Comparison>> = {
  '==': equals,
  '!=': (left, right) => !equals(left, right),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  '=~': () => false,
  in: oneOf,
  nin: (left, right) => !oneOf(left, right),
  subsetof: (left, right) => Array.isArray(left) && left.every((item) => oneOf(item, right)),
  anyof: (left, right) => Array.isArray(left) && left.some((item) => oneOf(item, right)),
  noneof: (left, right) => Array.isArray(left) && !left.some((item) => oneOf(item, right)),
  contains: (left, right) =>
    typeof left === 'string' && typeof right === 'string'
      ? left.includes(right)
      : oneOf(right, left),
  size: (left, right) => (Array.isArray(left) || typeof left === 'string') && left.length === right,
  empty: (left, right) =>
    (Array.isArray(left) || typeof left === 'string') && (left.length === 0) === right,
};

function compare(
  operator: FilterOperator,
  left: Json | undefined,
  right: Json | undefined,
): boolean {
  return comparisons[operator](left, right);
}

const wholeTexts = new Map<string, RegExp>();

/** The expression as `=~` takes it: it must match the whole text. */
function wholeText(source: string, flags: string): RegExp {
  const key = `${flags}/${source}`;
  let regex = wholeTexts.get(key);
  if (regex === undefined) {
    regex = new RegExp(`^(?:${source})$`, flags);
    if (wholeTexts.size >= 1_000) wholeTexts.clear();
    wholeTexts.set(key, regex);
  }
  return regex;
}

function matches(regex: RegExp, text: string, effort: Effort): boolean {
  return effort.timed(() => exec(regex, text, effort)) !== null;
}
