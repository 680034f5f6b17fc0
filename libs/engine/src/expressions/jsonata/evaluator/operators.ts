import { asText } from '../library/as-text.ts';
import type { JsonataNode } from '../ast.ts';
import type { Frame } from './frame.ts';
import { fail, JsonataFailure } from './failure.ts';
import type { Run } from './run.ts';
import { deepEquals, isArray, isNumeric, toBoolean } from './values.ts';

/** `a + b`, `a = b`, `a and b`, `a & b`, `a .. b`, `a in b`, … */
export function evaluateBinary(node: JsonataNode, input: unknown, frame: Frame, run: Run): unknown {
  const operator = node.value as string;
  const left = run.evaluate(node.lhs as JsonataNode, input, frame);
  const right = (): unknown => run.evaluate(node.rhs as JsonataNode, input, frame);
  if (operator === 'and') {
    return toBoolean(left, run.budget) === true && toBoolean(right(), run.budget) === true;
  }
  if (operator === 'or') {
    return toBoolean(left, run.budget) === true || toBoolean(right(), run.budget) === true;
  }
  const other = right();
  try {
    return applyOperator(operator, left, other, run);
  } catch (thrown) {
    if (thrown instanceof JsonataFailure) thrown.details['token'] = operator;
    throw thrown;
  }
}

function applyOperator(operator: string, left: unknown, right: unknown, run: Run): unknown {
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return calculate(operator, left, right);
    case '=':
      return left !== undefined && right !== undefined && deepEquals(left, right, run.budget);
    case '!=':
      return left !== undefined && right !== undefined && !deepEquals(left, right, run.budget);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(operator, left, right);
    case '&':
      return concatenate(left, right, run);
    case '..':
      return range(left, right, run);
    case 'in':
      return isIn(left, right, run);
    default:
      return undefined;
  }
}

function calculate(operator: string, left: unknown, right: unknown): number | undefined {
  if (left !== undefined && !isNumeric(left)) fail('T2001', { value: left });
  if (right !== undefined && !isNumeric(right)) fail('T2002', { value: right });
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return left % right;
  }
}

function compare(operator: string, left: unknown, right: unknown): boolean | undefined {
  if (!comparable(left) || !comparable(right)) {
    fail('T2010', { value: comparable(left) && left !== undefined ? right : left });
  }
  if (left === undefined || right === undefined) return undefined;
  if (typeof left !== typeof right) fail('T2009', { value: left, value2: right });
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}

function comparable(value: unknown): value is string | number | undefined {
  return value === undefined || typeof value === 'string' || typeof value === 'number';
}

function concatenate(left: unknown, right: unknown, run: Run): string {
  const first = left === undefined ? '' : asText(left, run);
  const second = right === undefined ? '' : asText(right, run);
  run.budget.hold(first.length + second.length);
  return first + second;
}

function range(first: unknown, last: unknown, run: Run): unknown {
  if (first !== undefined && !Number.isInteger(first)) fail('T2003', { value: first });
  if (last !== undefined && !Number.isInteger(last)) fail('T2004', { value: last });
  if (first === undefined || last === undefined) return undefined;
  const from = first as number;
  const size = (last as number) - from + 1;
  if (size <= 0) return undefined;
  if (size > 1e7) fail('D2014', { value: size });
  run.budget.hold(size * 8);
  const numbers: unknown[] & { sequence?: boolean } = new Array<number>(size);
  for (let index = 0; index < size; index++) numbers[index] = from + index;
  numbers.sequence = true;
  return numbers;
}

function isIn(value: unknown, list: unknown, run: Run): boolean {
  if (value === undefined || list === undefined) return false;
  if (!isArray(list)) return list === value;
  run.budget.spend(list.length);
  return list.includes(value);
}
