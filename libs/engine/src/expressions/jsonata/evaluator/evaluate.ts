import type { Grouping, JsonataNode } from '../ast.ts';
import { apply, evaluateApply, evaluateCall, evaluateLambda, evaluatePartial } from './call.ts';
import { Budget } from './budget.ts';
import { countWork } from '../../work-done.ts';
import { isCallable } from './callable.ts';
import { fail } from './failure.ts';
import { Frame, type Outermost } from './frame.ts';
import { evaluateGroup } from './group.ts';
import { evaluateBinary } from './operators.ts';
import { evaluatePath, filter } from './path.ts';
import { evaluateRegex } from './regex.ts';
import type { Run } from './run.ts';
import { evaluateTransform } from './transform.ts';
import { append, flatten, isArray, isNumeric, isSequence, lookup, sequence } from './values.ts';
import { isRecord, toBoolean, type Sequence } from './values.ts';

/**
 * One evaluation of one expression: jsonata 2.0.6's evaluator, on its parser's syntax trees, but
 * - it answers at once, not in a promise for each node, and counts what it uses (Budget);
 * - functions are functions of JavaScript and names live in Maps, so that no data is ever taken for
 *   a function, and no name reaches a prototype.
 */
export class Evaluation implements Run {
  readonly budget = new Budget();
  readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** @param names what the expression's free names mean */
  start(root: JsonataNode, names: (run: Run) => Outermost): unknown {
    try {
      return this.evaluate(root, undefined, new Frame(names(this)));
    } finally {
      countWork(this.budget.work);
    }
  }

  apply(called: unknown, args: readonly unknown[], input: unknown, frame: Frame): unknown {
    return apply(called, args, input, frame, this);
  }

  evaluate(node: JsonataNode, input: unknown, frame: Frame): unknown {
    this.budget.enter();
    let result = this.#evaluateType(node, input, frame);
    if (node.predicate !== undefined) {
      for (const stage of node.predicate) result = filter(stage.expr, result, frame, this);
    }
    if (node.group !== undefined && node.type !== 'path') {
      result = evaluateGroup(node.group, result, frame, this);
    }
    this.budget.leave();
    return isSequence(result) && result.tupleStream !== true ? unwrap(result, node) : result;
  }

  #evaluateType(node: JsonataNode, input: unknown, frame: Frame): unknown {
    switch (node.type) {
      case 'path':
        return evaluatePath(node, input, frame, this);
      case 'name':
        return lookup(input, node.value as string, this.budget);
      case 'string':
      case 'number':
      case 'value':
        return node.value;
      case 'variable':
        return variable(node.value as string, input, frame);
      case 'binary':
        return evaluateBinary(node, input, frame, this);
      case 'unary':
        return this.#evaluateUnary(node, input, frame);
      case 'function':
        return evaluateCall(node, input, frame, this);
      case 'condition':
        return this.#evaluateCondition(node, input, frame);
      case 'block':
        return this.#evaluateBlock(node, input, frame);
      case 'bind': {
        const value = this.evaluate(node.rhs as JsonataNode, input, frame);
        frame.bind((node.lhs as JsonataNode).value as string, value);
        return value;
      }
      case 'lambda':
        return evaluateLambda(node, input, frame, this);
      case 'partial':
        return evaluatePartial(node, input, frame, this);
      case 'apply':
        return evaluateApply(node, input, frame, this);
      case 'regex':
        return evaluateRegex(node, this);
      case 'wildcard':
        return this.#evaluateWildcard(input);
      case 'descendant':
        return this.#evaluateDescendants(input);
      case 'parent':
        return frame.lookup((node.slot as { label: string }).label);
      case 'transform':
        return evaluateTransform(node, frame, this);
      default:
        return undefined;
    }
  }

  #evaluateUnary(node: JsonataNode, input: unknown, frame: Frame): unknown {
    if (node.value === '{') return evaluateGroup(node as unknown as Grouping, input, frame, this);
    if (node.value === '-') {
      const value = this.evaluate(node.expression as JsonataNode, input, frame);
      if (value === undefined) return undefined;
      return isNumeric(value) ? -value : fail('D1002', { value });
    }
    let array: Sequence = [];
    for (const item of node.expressions ?? []) {
      const value = this.evaluate(item, input, frame);
      if (value === undefined) continue;
      // An array inside an array constructor stays one; any other array's items are taken.
      if (item.value === '[' || !isArray(value)) array.push(value);
      else array = append(array, value, this.budget) as Sequence;
    }
    this.budget.hold(array.length * 8);
    if (node.consarray === true) Object.defineProperty(array, 'cons', { value: true });
    return array;
  }

  #evaluateCondition(node: JsonataNode, input: unknown, frame: Frame): unknown {
    const condition = this.evaluate(node.condition as JsonataNode, input, frame);
    if (toBoolean(condition, this.budget) === true) {
      return this.evaluate(node.then as JsonataNode, input, frame);
    }
    return node.else === undefined ? undefined : this.evaluate(node.else, input, frame);
  }

  #evaluateBlock(node: JsonataNode, input: unknown, frame: Frame): unknown {
    const inner = new Frame(frame);
    let result: unknown;
    for (const expression of node.expressions ?? []) {
      result = this.evaluate(expression, input, inner);
    }
    return result;
  }

  #evaluateWildcard(input: unknown): Sequence {
    const found = sequence();
    if (typeof input !== 'object' || input === null) return found;
    for (const value of Object.values(input)) {
      if (isArray(value)) {
        flatten(value, this.budget, found);
        // As jsonata has it: among arrays a single value stays an array.
        found.sequence = false;
      } else {
        found.push(value);
      }
    }
    this.budget.hold(found.length * 8);
    return found;
  }

  #evaluateDescendants(input: unknown): unknown {
    if (input === undefined || isCallable(input)) return undefined;
    const found = sequence();
    this.#collectDescendants(input, found);
    this.budget.hold(found.length * 8);
    return found.length === 1 ? found[0] : found;
  }

  #collectDescendants(value: unknown, found: Sequence): void {
    this.budget.spend(1);
    if (!isArray(value)) found.push(value);
    if (isArray(value) || isRecord(value)) {
      for (const inner of Object.values(value)) this.#collectDescendants(inner, found);
    }
  }
}

function variable(name: string, input: unknown, frame: Frame): unknown {
  return name === '' ? input : frame.lookup(name);
}

/** A sequence of one is that one, unless it is to be kept; one of none is nothing. */
function unwrap(result: Sequence, node: JsonataNode): unknown {
  if (node.keepArray === true) result.keepSingleton = true;
  if (result.length === 0) return undefined;
  return result.length === 1 && result.keepSingleton !== true ? result[0] : result;
}
