import type { JsonataNode } from '@harmony/engine/expressions';
import { DEFINED, isBuiltIn } from './jsonata-functions.ts';
import { intersection, partsOf, type Presence, presenceOf, union } from './presence.ts';

/** What is surely there once a condition has been decided. */
export interface Decided {
  /** Where it is true. */
  readonly yes: Presence;
  /** Where it is false, or undefined, which decides alike. */
  readonly no: Presence;
}

/** Conditions that variables of the expression stand for: `$has := $exists(x)`. */
export type Bound = ReadonlyMap<string, JsonataNode>;

const NOTHING: Presence = new Map();
const COMPARISONS = new Set(['=', '!=', '<', '<=', '>', '>=', 'in']);
const ARITHMETIC = new Set(['+', '-', '*', '/', '%']);
const BOOLEAN = new Set(['exists', 'not', 'boolean', 'contains']);

/**
 * What each way out of a condition says of what is there. Step Functions' JSONata: a comparison with
 * undefined is false (or undefined, with < and its like), and so is what is built upon it.
 * https://docs.jsonata.org/comparison-operators
 */
export function decide(node: JsonataNode, bound: Bound): Decided {
  switch (node.type) {
    case 'block': {
      const last = node.expressions?.at(-1);
      return last === undefined ? { yes: NOTHING, no: NOTHING } : decide(last, bound);
    }
    case 'variable': {
      const meant = bound.get(String(node.value));
      const own = presenceOf([node]);
      if (meant === undefined) return { yes: own, no: NOTHING };
      const { yes, no } = decide(meant, withoutName(bound, String(node.value)));
      return { yes: union(own, yes), no };
    }
    case 'binary':
      return decideBinary(node, bound);
    case 'function':
      return decideCall(node, bound);
    default:
      return { yes: implied(node), no: NOTHING };
  }
}

function decideBinary(node: JsonataNode, bound: Bound): Decided {
  const [lhs, rhs] = [node.lhs as JsonataNode, node.rhs as JsonataNode];
  const operator = String(node.value);
  if (operator === 'and' || operator === 'or') {
    const [left, right] = [decide(lhs, bound), decide(rhs, bound)];
    return operator === 'and'
      ? { yes: union(left.yes, right.yes), no: intersection(left.no, right.no) }
      : { yes: intersection(left.yes, right.yes), no: union(left.no, right.no) };
  }
  const both = COMPARISONS.has(operator) ? union(implied(lhs), implied(rhs)) : implied(node);
  const special = decideTruth(operator, lhs, rhs, bound) ?? decideCount(operator, lhs, rhs);
  const listed = operator === 'in' ? fieldNamed(lhs, rhs) : NOTHING;
  return { yes: union(both, listed, special?.yes ?? NOTHING), no: special?.no ?? NOTHING };
}

/** `$exists(x) = true`, `false != $exists(x)`. */
function decideTruth(
  operator: string,
  lhs: JsonataNode,
  rhs: JsonataNode,
  bound: Bound,
): Decided | undefined {
  const [condition, literal] = rhs.type === 'value' ? [lhs, rhs] : [rhs, lhs];
  const isTruth = literal.type === 'value' && typeof literal.value === 'boolean';
  if (!isTruth || !isBoolean(condition)) return undefined;
  if (operator !== '=' && operator !== '!=') return undefined;
  const { yes, no } = decide(condition, bound);
  const wantsTrue = (operator === '=') === literal.value;
  return wantsTrue ? { yes, no } : negated(condition, { yes, no });
}

/** `$count(x) > 0`: of a list that is not there it is 0. */
function decideCount(operator: string, lhs: JsonataNode, rhs: JsonataNode): Decided | undefined {
  const [call, number, asked] =
    rhs.type === 'number' ? [lhs, rhs, operator] : [rhs, lhs, MIRRORED[operator] ?? operator];
  if (!isCall(call, 'count') || number.type !== 'number') return undefined;
  const there = implied((call.arguments ?? [])[0]);
  const value = Number(number.value);
  const holdsOfNone = {
    '=': value === 0,
    '!=': value !== 0,
    '>': 0 > value,
    '>=': 0 >= value,
    '<': 0 < value,
    '<=': 0 <= value,
  }[asked];
  if (holdsOfNone === undefined) return undefined;
  return holdsOfNone ? { yes: NOTHING, no: there } : { yes: there, no: NOTHING };
}

const MIRRORED: Readonly<Record<string, string | undefined>> = {
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
};

/** `'note' in $keys(x)`: x.note is there. */
function fieldNamed(lhs: JsonataNode, rhs: JsonataNode): Presence {
  const [object] = rhs.arguments ?? [];
  if (lhs.type !== 'string' || !isCall(rhs, 'keys') || !object) return NOTHING;
  const steps = object.type === 'path' ? (object.steps ?? []) : [object];
  return presenceOf(partsOf([...steps, { type: 'name', value: lhs.value }]));
}

function decideCall(node: JsonataNode, bound: Bound): Decided {
  const [first] = node.arguments ?? [];
  if (first === undefined) return { yes: NOTHING, no: NOTHING };
  if (isCall(node, 'exists')) return { yes: implied(first), no: NOTHING };
  if (isCall(node, 'boolean')) return decide(first, bound);
  if (isCall(node, 'not')) return negated(first, decide(first, bound));
  if (isCall(node, 'count')) return { yes: implied(first), no: NOTHING };
  return { yes: implied(node), no: NOTHING };
}

/** `$not(x)` of what is undefined is undefined: neither way says then that x is there. */
function negated(condition: JsonataNode, { yes, no }: Decided): Decided {
  return { yes: union(no, implied(condition)), no: isTotal(condition) ? yes : NOTHING };
}

/** What is surely there where the expression gives a value. */
function implied(node: JsonataNode | undefined): Presence {
  if (node === undefined) return NOTHING;
  switch (node.type) {
    case 'path': {
      const [first, ...rest] = node.steps ?? [];
      const own = presenceOf(partsOf(node.steps ?? []));
      return first && rest.length > 0 && first.type !== 'name' ? union(implied(first), own) : own;
    }
    case 'name':
    case 'variable':
      return presenceOf([...partsOf([node]), node]);
    case 'binary': {
      const strict = ARITHMETIC.has(String(node.value)) || /^[<>]/.test(String(node.value));
      if (!strict) return NOTHING;
      return union(implied(node.lhs as JsonataNode), implied(node.rhs as JsonataNode));
    }
    case 'unary':
      return node.value === '-' ? implied(node.expression) : NOTHING;
    case 'block':
      return implied(node.expressions?.at(-1));
    case 'condition': {
      const { condition, then } = node;
      if (node.else !== undefined) return intersection(implied(then), implied(node.else));
      const decided = condition ? decide(condition, new Map()).yes : NOTHING;
      return union(decided, implied(then));
    }
    case 'apply':
      return union(implied(node.lhs as JsonataNode), presenceOf([node]));
    case 'function': {
      const name = String(node.procedure?.value ?? '');
      const own = presenceOf([node]);
      const isStrict = isBuiltIn(name) && !DEFINED.has(name) && name !== 'append';
      return isStrict ? union(own, implied(node.arguments?.[0])) : own;
    }
    default:
      return NOTHING;
  }
}

/** It gives a value whatever is missing. */
function isTotal(node: JsonataNode): boolean {
  const [first] = node.arguments ?? [];
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return true;
    case 'binary':
      return ['=', '!=', 'in', 'and', 'or', '&'].includes(String(node.value));
    case 'unary':
      return node.value === '[' || node.value === '{';
    case 'block': {
      const last = node.expressions?.at(-1);
      return last !== undefined && isTotal(last);
    }
    case 'function': {
      const name = String(node.procedure?.value ?? '');
      if (DEFINED.has(name)) return true;
      return (name === 'not' || name === 'boolean') && first !== undefined && isTotal(first);
    }
    default:
      return false;
  }
}

function isBoolean(node: JsonataNode): boolean {
  if (node.type === 'block') {
    const last = node.expressions?.at(-1);
    return last !== undefined && isBoolean(last);
  }
  if (node.type === 'binary') {
    return COMPARISONS.has(String(node.value)) || node.value === 'and' || node.value === 'or';
  }
  return node.type === 'function' && BOOLEAN.has(String(node.procedure?.value ?? ''));
}

function isCall(node: JsonataNode, name: string): boolean {
  return node.type === 'function' && node.procedure?.value === name;
}

function withoutName(bound: Bound, name: string): Bound {
  return new Map([...bound].filter(([other]) => other !== name));
}
