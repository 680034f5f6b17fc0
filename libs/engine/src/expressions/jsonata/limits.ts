import type { Hardened } from './harden.ts';
import type { JsonataNode } from './ast.ts';

/** What one expression may take (Developer Guide, "Transforming data with JSONata": 1 second). */
const maxMs = 1_000;

/**
 * Node evaluations below which no expression is timed out: they take a few hundredths of a second
 * of their own, so what has passed was spent waiting, on a busy machine or behind the evaluations of
 * other iterations. A run must not depend on the machine's load.
 */
const honestCalls = 50_000;

/** Bytes one value may hold while it is computed: 8 a number or array slot, 1 a character. */
const maxBytes = 6_990_256;

/**
 * Evaluations open at once. jsonata evaluates the fields of an object side by side, so this counts
 * width as well as depth and must be far above any honest expression.
 */
const maxOpen = 20_000;

/** An expression that asked for too much. */
export class ExpressionLimit extends Error {
  override readonly name = 'ExpressionLimit';
}

export interface Hooks {
  entry(): void;
  exit(node: JsonataNode, input: unknown, result: unknown): void;
}

/** Hooks that jsonata calls around each node of one evaluation. They throw to end it. */
export function evaluationHooks(hardened: Hardened): Hooks {
  const deadline = performance.now() + maxMs;
  let open = 0;
  let calls = 0;
  return {
    entry() {
      if (++open > maxOpen) {
        throw new ExpressionLimit(
          'Stack overflow error: Check for non-terminating recursive function. ' +
            `Consider rewriting as tail-recursive. Depth=${String(open)} max=${String(maxOpen)}`,
        );
      }
      if ((++calls & 63) === 0 && calls > honestCalls && performance.now() > deadline) {
        throw new ExpressionLimit(
          `Expression evaluation timeout: ${String(maxMs)}ms. Check for infinite loop`,
        );
      }
    },
    exit(node, input, result) {
      open--;
      if (typeof result === 'string' ? result.length > maxBytes : tooLong(result)) {
        throw new ExpressionLimit('Expression evaluation memory limit exceeded');
      }
      if (node.type === 'wildcard' || node.type === 'descendant') refuseFunctions(input);
      if (hardened.patterns.has(node)) refuseFunctions(result);
    },
  };
}

function tooLong(value: unknown): boolean {
  return Array.isArray(value) && value.length * 8 > maxBytes;
}

/** `*`, `**` and transforms must not look into functions or change them: they are the host's. */
function refuseFunctions(value: unknown): void {
  if (typeof value === 'function') throw new ExpressionLimit('A function has no fields');
  if (typeof value !== 'object' || value === null) return;
  if ('_jsonata_function' in value || '_jsonata_lambda' in value) {
    throw new ExpressionLimit('A function has no fields');
  }
  for (const item of Array.isArray(value) ? value : Object.values(value)) refuseFunctions(item);
}
