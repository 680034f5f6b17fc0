import jsonata from 'jsonata';
import type { Signature } from '../ast.ts';

/** A function of the jsonata package. */
export interface LibraryFunction {
  readonly implementation: (this: unknown, ...args: unknown[]) => unknown;
  readonly signature?: Signature;
}

interface PackageFrame {
  lookup(name: string | symbol): unknown;
}

let frame: PackageFrame | undefined;

/**
 * A function of the jsonata package, by its name without `$`. The package does not export them; its
 * evaluator hands the frame that holds them to a hook, before it waits for anything.
 */
export function libraryFunction(name: string): LibraryFunction | undefined {
  frame ??= captureFrame();
  const found = frame.lookup(name);
  return typeof found === 'object' ? (found as LibraryFunction) : undefined;
}

function captureFrame(): PackageFrame {
  let captured: PackageFrame | undefined;
  const expression = jsonata('1');
  const assign = expression.assign as unknown as (name: symbol, value: unknown) => void;
  assign(
    Symbol.for('jsonata.__evaluate_entry'),
    (_node: unknown, _input: unknown, environment: PackageFrame) => {
      captured = environment;
    },
  );
  void expression.evaluate(undefined);
  if (captured === undefined) throw new Error('jsonata no longer hands out its functions');
  return captured;
}
