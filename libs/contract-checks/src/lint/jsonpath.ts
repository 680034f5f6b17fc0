import {
  ExpressionSyntaxError,
  type IntrinsicCall,
  isIntrinsic,
  parseIntrinsic,
  parsePath,
  type PathAst,
} from '@harmony/engine/expressions';
import { type Fact, type JsonType, scalar, unknown } from './fact.ts';
import { pathKeys } from './jsonpath-keys.ts';
import { itemAt, itemOf, readField } from './read.ts';
import type { Scope } from './scope.ts';

/**
 * What a JSONPath or an intrinsic function gives.
 * @param asking whether it is there: what no state makes is no mistake then
 */
export function evaluateJsonPath(text: string, scope: Scope, asking = false): Fact {
  try {
    if (isIntrinsic(text)) return evaluateCall(parseIntrinsic(text), scope);
    return evaluatePath(parsePath(text), scope, asking);
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    // The language itself is the business of `harmony validate`.
    const fact = unknown('an expression that cannot be read');
    scope.reporter.notTraced(scope.pointer, text, fact);
    return fact;
  }
}

function evaluatePath(path: PathAst, scope: Scope, asking = false): Fact {
  const { reporter, pointer } = scope;
  let fact = rootOf(path, scope);
  let isMany = false;
  const keys = pathKeys(path);
  for (const [index, step] of path.steps.entries()) {
    if (fact.kind === 'unknown' && fact.path === undefined) break;
    switch (step.kind) {
      case 'properties': {
        const [name] = step.names;
        if (name === undefined || step.names.length > 1)
          return lost(path, scope, 'several fields at once');
        const read = readField(fact, name);
        if (read.kind === 'absent') {
          if (asking && fact.kind === 'object') return unknown('a field that is not there');
          // In a list, JSONPath leaves out the items that have no such field.
          reporter.problem(
            'error',
            'FIELD_UNDECLARED',
            pointer,
            `${path.text}: "${name}" ${read.reason}`,
          );
          return unknown('a field that is not there');
        }
        if (
          read.maybe &&
          read.fact.kind !== 'unknown' &&
          !isMany &&
          !asking &&
          !reporter.guardedPaths.has(keys[index] ?? '')
        ) {
          const isAnswer = read.fact.kind === 'declared' && read.fact.absentAtTimes !== undefined;
          const message = `${path.text}: "${name}" may be absent; ask with IsPresent in a Choice before${isAnswer ? '' : ', or give it a default in the contract'}`;
          reporter.problem('warning', 'FIELD_OPTIONAL', pointer, message);
        }
        fact = read.fact;
        break;
      }
      case 'indices':
      case 'slice':
      case 'wildcard':
      case 'filter': {
        const [place] = step.kind === 'indices' && step.indices.length === 1 ? step.indices : [];
        const item = place === undefined ? itemOf(fact) : itemAt(fact, place);
        if (item === undefined) {
          const message = `${path.text} takes items of something that isn't an array`;
          reporter.problem('error', 'TYPE_MISMATCH', pointer, message);
          return unknown('an item of no array');
        }
        isMany ||= step.kind !== 'indices' || step.indices.length > 1;
        reporter.usage.touch(fact);
        fact = item;
        break;
      }
      case 'function':
        reporter.usage.consume(fact);
        return step.name === 'length' || step.name === 'size'
          ? scalar('number')
          : unknown(`${step.name}()`);
      default:
        return lost(path, scope, 'a search at every depth');
    }
  }
  if (fact.kind === 'unknown') reporter.notTraced(pointer, path.text, fact);
  reporter.read(fact, { asked: asking });
  return isMany ? { kind: 'array', item: fact } : fact;
}

function lost(path: PathAst, scope: Scope, what: string): Fact {
  const fact = unknown(what);
  scope.reporter.notTraced(scope.pointer, path.text, fact);
  scope.reporter.usage.consume(rootOf(path, scope));
  return fact;
}

function rootOf(path: PathAst, scope: Scope): Fact {
  switch (path.root.kind) {
    case 'input':
      return scope.input;
    case 'context':
      return scope.context;
    case 'variable':
      return scope.variables.get(path.root.name) ?? unknown(`the variable $${path.root.name}`);
    case 'item':
      return unknown('an item of a filter');
  }
}

const RESULTS: Readonly<Record<string, JsonType | undefined>> = {
  'States.Format': 'string',
  'States.JsonToString': 'string',
  'States.Array': 'array',
  'States.ArrayPartition': 'array',
  'States.ArrayContains': 'boolean',
  'States.ArrayRange': 'array',
  'States.ArrayLength': 'number',
  'States.ArrayUnique': 'array',
  'States.Base64Encode': 'string',
  'States.Base64Decode': 'string',
  'States.Hash': 'string',
  'States.MathRandom': 'number',
  'States.MathAdd': 'number',
  'States.StringSplit': 'array',
  'States.UUID': 'string',
};

function evaluateCall(call: IntrinsicCall, scope: Scope): Fact {
  for (const argument of call.args) {
    if (argument.kind === 'path') scope.reporter.usage.consume(evaluatePath(argument.path, scope));
    if (argument.kind === 'call') evaluateCall(argument.call, scope);
  }
  const type = RESULTS[call.name];
  return type === undefined || type === 'array'
    ? unknown(`the result of ${call.name}`)
    : scalar(type);
}
