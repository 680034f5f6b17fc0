import { StatesError } from '../errors.ts';
import type { Json } from '../json.ts';
import { intrinsicFunctions } from './intrinsics/functions.ts';
import { IntrinsicFailure } from './intrinsics/function.ts';
import type { IntrinsicArgument, IntrinsicCall } from './intrinsics/parse.ts';
import { parseIntrinsic } from './intrinsics/parse.ts';
import { compileLookup } from './jsonpath/lookup.ts';
import { PathNotFound } from './jsonpath/path-not-found.ts';
import { onBoundedStack } from './stack-guard.ts';
import type { Scope, Evaluable } from './types.ts';

export { parseIntrinsic } from './intrinsics/parse.ts';

/** Whether the text can only be an intrinsic function call, valid or not. */
export function isIntrinsic(text: string): boolean {
  return text.trimStart().startsWith('States.');
}

/**
 * Compiles `States.Format('{}', $.name)` and the like.
 *
 * Evaluation throws States.Runtime for an argument's path that matches nothing and for arguments
 * that the function refuses; the cause quotes the whole expression, also when a nested call failed.
 *
 * @throws ExpressionSyntaxError when it is no call of a known function with a right number of
 * arguments.
 */
export function compileIntrinsic(text: string): Evaluable {
  const call = compileCall(text, parseIntrinsic(text));
  return { evaluate: (scope) => onBoundedStack('States.Runtime', () => call(scope)) };
}

type Evaluate = (scope: Scope) => Json;

function compileCall(text: string, call: IntrinsicCall): Evaluate {
  const args = call.args.map((arg) => compileArgument(text, arg));
  const definition = intrinsicFunctions[call.name];
  if (definition === undefined) throw new Error(`${call.name} passed the parser`);
  const literals = call.args.map((arg) => (arg.kind === 'string' ? arg.raw : undefined));
  return (scope) => {
    const values = args.map((arg) => arg(scope));
    try {
      return definition.call(values, { random: scope.random, literals });
    } catch (error) {
      if (error instanceof IntrinsicFailure) throw failed(text, error.message);
      throw error;
    }
  };
}

function compileArgument(text: string, arg: IntrinsicArgument): Evaluate {
  switch (arg.kind) {
    case 'call':
      return compileCall(text, arg.call);
    case 'string':
      return () => arg.value;
    case 'literal':
      return () => arg.value;
    case 'path': {
      const lookup = compileLookup(arg.path);
      return (scope) => {
        try {
          return lookup(scope);
        } catch (error) {
          if (error instanceof PathNotFound)
            throw failed(text, reason(arg.path.text, error, scope));
          throw error;
        }
      };
    }
  }
}

/** The service names the path unless its JSONPath library stumbled over a value of another type. */
function reason(path: string, error: PathNotFound, scope: Scope): string {
  if (error.message.startsWith('Filter:')) return error.message;
  return (
    `The JsonPath argument for the field '${path}' could not be found in the input ` +
    `'${JSON.stringify(scope.input)}'`
  );
}

/** States.Runtime is what the service raises here, not the States.IntrinsicFailure it documents. */
function failed(text: string, why: string): StatesError {
  return new StatesError(
    'States.Runtime',
    `The function '${text}' had the following error: ${why}`,
  );
}
