import { setOwn } from '../../own.ts';
import type { JsonataNode } from '../ast.ts';
import { isCallable, type Callable } from './callable.ts';
import { fail } from './failure.ts';
import type { Frame } from './frame.ts';
import type { Run } from './run.ts';
import { isArray, isRecord, isStrings } from './values.ts';

/**
 * `|pattern|update, delete|`: a function that copies its argument and changes what the pattern finds
 * in the copy.
 */
export function evaluateTransform(node: JsonataNode, frame: Frame, run: Run): Callable {
  const transform: Callable = (value) => {
    if (value === undefined) return undefined;
    const clone = frame.lookup('clone');
    if (!isCallable(clone)) return fail('T2013');
    const copy = run.apply(clone, [value], null, frame);
    const found = run.evaluate(node.pattern as JsonataNode, copy, frame);
    if (found !== undefined) {
      for (const match of isArray(found) ? found : [found]) change(node, match, frame, run);
    }
    return copy;
  };
  transform.arity = 1;
  transform.signature = transformSignature;
  return transform;
}

const transformSignature: NonNullable<Callable['signature']> = {
  validate(args) {
    const [value] = args;
    if (args.length > 1) fail('T0410', { index: 2 });
    if (value !== undefined && !isRecord(value) && !isArray(value)) fail('T0410', { index: 1 });
    return [value];
  },
};

function change(node: JsonataNode, match: unknown, frame: Frame, run: Run): void {
  if (isCallable(match)) fail('D1010');
  const update = run.evaluate(node.update as JsonataNode, match, frame);
  if (update !== undefined) {
    if (!isRecord(update)) return fail('T2011', { value: update });
    if (isRecord(match)) {
      for (const [key, value] of Object.entries(update)) setOwn(match, key, value);
    }
  }
  if (node.delete === undefined) return;
  const deletions = run.evaluate(node.delete, match, frame);
  if (deletions === undefined) return;
  const names = isArray(deletions) ? deletions : [deletions];
  if (!isStrings(names)) return fail('T2012', { value: deletions });
  if (isRecord(match)) for (const name of names) Reflect.deleteProperty(match, name);
}
