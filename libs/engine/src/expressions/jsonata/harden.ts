import type { JsonataNode } from './ast.ts';
import { visitNodes } from './ast.ts';

/** A name that no expression can spell, so none can rebind it. */
export const safeLookup = '\0lookup';

/** What the evaluator has to know of an expression beforehand. */
export interface Hardened {
  /** Every `$name` read or bound anywhere in it. */
  readonly variables: ReadonlySet<string>;
  /** The expressions that choose what a transform (`~> |…|…|`) updates. */
  readonly patterns: ReadonlySet<JsonataNode>;
  /** Evaluation may write into the values it is given: a transform, or a call of a data value. */
  readonly writes: boolean;
}

/**
 * Makes an expression unable to reach the host, in place.
 *
 * jsonata reads `object[name]`, prototypes included, so `{}.constructor` or `x.__proto__` would
 * hand out the host's own objects. Such names are read by a lookup of ours instead, which sees own
 * fields only; the others cannot be on a prototype.
 */
export function harden(root: JsonataNode): Hardened {
  const variables = new Set<string>();
  const patterns = new Set<JsonataNode>();
  let writes = false;
  visitNodes(root, (node) => {
    if (node.type === 'variable' && typeof node.value === 'string') variables.add(node.value);
    if (node.type === 'transform' && node.pattern !== undefined) {
      patterns.add(node.pattern);
      writes = true;
    }
    if (node.type === 'function' || node.type === 'partial') {
      // jsonata marks what it is about to call, even when that turns out to be data
      writes ||= node.procedure?.type !== 'variable' && node.procedure?.type !== 'lambda';
    }
    if (node.type === 'name' && typeof node.value === 'string' && node.value in Object.prototype) {
      const name = node.value;
      node.type = 'function';
      node.value = '(';
      node.procedure = { type: 'variable', value: safeLookup };
      node.arguments = [
        { type: 'variable', value: '' },
        { type: 'string', value: name },
      ];
    }
  });
  return { variables, patterns, writes };
}
