import type { JsonataNode } from '../ast.ts';
import { arityOf, isCallable, type Callable, type Caller, type Lambda } from './callable.ts';
import { asFailure, fail, JsonataFailure } from './failure.ts';
import { Frame } from './frame.ts';
import type { Run } from './run.ts';
import { isArray } from './values.ts';

/** `f(a, b)`. @param piped what stands left of `~>`: the first argument */
export function evaluateCall(
  node: JsonataNode,
  input: unknown,
  frame: Frame,
  run: Run,
  piped?: { readonly value: unknown },
): unknown {
  const called = evaluateCallee(node, input, frame, run, 'T1005');
  const args = piped === undefined ? [] : [piped.value];
  for (const argument of node.arguments ?? []) {
    const value = run.evaluate(argument, input, frame);
    args.push(isCallable(value) ? passed(value, frame, run) : value);
  }
  return named(nameOf(node), () => run.apply(called, args, input, frame));
}

/** A failure names the innermost function that was called by name. */
function named<T>(name: unknown, call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure instanceof JsonataFailure) failure.details['token'] ??= name;
    throw failure;
  }
}

function evaluateCallee(
  node: JsonataNode,
  input: unknown,
  frame: Frame,
  run: Run,
  hint: string,
): unknown {
  const callee = node.procedure as JsonataNode;
  const called = run.evaluate(callee, input, frame);
  const first = callee.steps?.[0]?.value;
  if (called === undefined && callee.type === 'path' && typeof first === 'string') {
    // The `$` was forgotten.
    if (frame.lookup(first) !== undefined) fail(hint, { token: first });
  }
  return called;
}

function nameOf(node: JsonataNode): unknown {
  const callee = node.procedure as JsonataNode;
  return callee.type === 'path' ? callee.steps?.[0]?.value : callee.value;
}

/** A function that is an argument: whoever is given it calls it by its own rules. */
function passed(callable: Callable, frame: Frame, run: Run): Callable {
  const closure: Callable = (...args) => run.apply(callable, args, null, frame);
  closure.arity = arityOf(callable);
  return closure;
}

/** Calls a function and, in a loop, the tail call that it ends in. */
export function apply(
  called: unknown,
  args: readonly unknown[],
  input: unknown,
  frame: Frame,
  run: Run,
): unknown {
  let result = applyOnce(called, args, input, frame, run);
  while (isCallable(result) && result.lambda?.thunk === true) {
    const { body, input: context, frame: inner } = result.lambda;
    const next = run.evaluate(body.procedure as JsonataNode, context, inner);
    const nextArgs = (body.arguments ?? []).map((node) => run.evaluate(node, context, inner));
    const name = body.procedure?.type === 'variable' ? body.procedure.value : undefined;
    result = named(name, () => applyOnce(next, nextArgs, input, frame, run));
  }
  return result;
}

function applyOnce(
  called: unknown,
  args: readonly unknown[],
  input: unknown,
  frame: Frame,
  run: Run,
): unknown {
  if (!isCallable(called)) return fail('T1006');
  let work = 1;
  for (const arg of args) if (isArray(arg) || typeof arg === 'string') work += arg.length >> 2;
  run.budget.spend(work);
  const valid = called.signature === undefined ? args : called.signature.validate(args, input);
  const { lambda } = called;
  return lambda === undefined
    ? called.apply(callerOf(frame, input, run), valid as unknown[])
    : applyLambda(lambda, valid, run);
}

function callerOf(frame: Frame, input: unknown, run: Run): Caller {
  return {
    frame,
    input,
    environment: {
      get timestamp() {
        return new Date(run.now());
      },
    },
  };
}

function applyLambda(lambda: Lambda, args: readonly unknown[], run: Run): unknown {
  const frame = new Frame(lambda.frame);
  for (const [index, name] of lambda.parameters.entries()) frame.bind(name, args[index]);
  return run.evaluate(lambda.body, lambda.input, frame);
}

/** `function($x) { … }` */
export function evaluateLambda(
  node: JsonataNode,
  input: unknown,
  frame: Frame,
  run: Run,
): Callable {
  return callableOf(
    {
      parameters: (node.arguments ?? []).map((parameter) => String(parameter.value)),
      body: node.body as JsonataNode,
      input,
      frame,
      thunk: node.thunk === true,
    },
    run,
    node.signature,
  );
}

function callableOf(lambda: Lambda, run: Run, signature?: Callable['signature']): Callable {
  const callable: Callable = (...args) => run.apply(callable, args, lambda.input, lambda.frame);
  callable.lambda = lambda;
  callable.arity = lambda.parameters.length;
  callable.signature = signature;
  return callable;
}

/** `f(a, ?)`: a function of what is left open. */
export function evaluatePartial(
  node: JsonataNode,
  input: unknown,
  frame: Frame,
  run: Run,
): Callable {
  const args = (node.arguments ?? []).map((argument) =>
    argument.type === 'operator' && argument.value === '?'
      ? open
      : run.evaluate(argument, input, frame),
  );
  const called = evaluateCallee(node, input, frame, run, 'T1007');
  if (!isCallable(called)) return fail('T1008', { token: nameOf(node) });
  return called.lambda === undefined
    ? partialNative(called, args, run)
    : partialLambda(called.lambda, args, run);
}

const open = Symbol('left open');

function partialLambda(lambda: Lambda, args: readonly unknown[], run: Run): Callable {
  const frame = new Frame(lambda.frame);
  const parameters: string[] = [];
  for (const [index, name] of lambda.parameters.entries()) {
    if (args[index] === open) parameters.push(name);
    else frame.bind(name, args[index]);
  }
  return callableOf({ ...lambda, frame, parameters, thunk: false }, run);
}

/** Called without the checks of the function's signature, as jsonata calls it. */
function partialNative(called: Callable, args: readonly unknown[], run: Run): Callable {
  const partial: Callable = function (...rest) {
    let next = 0;
    const all = args.map((arg) => (arg === open ? rest[next++] : arg));
    run.budget.spend(1);
    try {
      return called.apply(this, all);
    } catch (thrown) {
      // What the function cannot work on is an argument that its signature would have refused.
      throw thrown instanceof TypeError ? new JsonataFailure('T0410', { index: 1 }) : thrown;
    }
  };
  partial.arity = args.filter((arg) => arg === open).length;
  return partial;
}

/** `a ~> f`, `a ~> f(b)`, `f ~> g` */
export function evaluateApply(node: JsonataNode, input: unknown, frame: Frame, run: Run): unknown {
  const right = node.rhs as JsonataNode;
  const value = run.evaluate(node.lhs as JsonataNode, input, frame);
  if (right.type === 'function') return evaluateCall(right, input, frame, run, { value });
  const called = run.evaluate(right, input, frame);
  if (!isCallable(called)) return fail('T2006', { value: called });
  if (!isCallable(value)) {
    return named(right.type === 'variable' ? right.value : undefined, () =>
      run.apply(called, [value], null, frame),
    );
  }
  const chained: Callable = (arg) =>
    run.apply(called, [run.apply(value, [arg], null, frame)], null, frame);
  chained.arity = 1;
  return chained;
}
