import jsonata from 'jsonata';
import { visitNodes, type JsonataNode } from './ast.ts';
import { refuse } from './refuse.ts';
import { textOf } from './text.ts';

/** A function of ours in the place of one of jsonata's, with the signature that it keeps. */
interface Replacement {
  readonly signature?: string;
  readonly implementation: Parameters<jsonata.Expression['registerFunction']>[1];
}

/** A name that no expression can spell, for what `&` calls. */
const concatenate = '\0concatenate';

/**
 * Puts our functions in the place of jsonata's where an expression uses them, and makes a call of
 * every `&`. To be called before the expression is looked at otherwise.
 */
export function replaceFunctions(expression: jsonata.Expression, root: JsonataNode): void {
  const used = new Set<string>();
  visitNodes(root, (node) => {
    if (node.type === 'binary' && node.value === '&') {
      node.type = 'function';
      node.value = '(';
      node.procedure = { type: 'variable', value: concatenate };
      node.arguments = [node.lhs as JsonataNode, node.rhs as JsonataNode];
      delete node.lhs;
      delete node.rhs;
      used.add(concatenate);
    } else if (node.type === 'variable' && typeof node.value === 'string') used.add(node.value);
  });
  for (const name of used) {
    const replacement = Object.hasOwn(replacements, name) ? replacements[name] : undefined;
    if (replacement !== undefined) {
      expression.registerFunction(name, replacement.implementation, replacement.signature);
    }
  }
}

/** jsonata's functions that the service answers otherwise, by name without `$`. */
const replacements: Readonly<Record<string, Replacement>> = {
  string: {
    signature: '<x-b?:s>',
    // Its length is how many arguments `$map` and the like hand it.
    implementation: (value: unknown, prettify = false) =>
      value === undefined ? undefined : textOf(value, prettify),
  },

  base64decode: {
    signature: '<s-:s>',
    implementation: (text: string | undefined) => {
      if (text === undefined) return undefined;
      if (!isBase64(text)) return refuse('D3137', 'The string is not valid Base64');
      return Buffer.from(text, 'base64').toString('binary');
    },
  },

  formatNumber: {
    signature: '<n-so?:s>',
    implementation: (value: number | undefined, picture: string, options?: object) => {
      if (value === undefined) return undefined;
      for (const part of picture.split(symbol(options, 'pattern-separator', ';'))) {
        if (!hasActiveCharacter(part, options)) return refuse('D3086', passiveCharacter);
      }
      formatNumber ??= jsonata('$formatNumber($value, $picture, $options)');
      return formatNumber.evaluate(undefined, { value, picture, options });
    },
  },

  [concatenate]: {
    implementation: (left: unknown, right: unknown) => part(left) + part(right),
  },
};

let formatNumber: jsonata.Expression | undefined;

function part(value: unknown): string {
  return value === undefined ? '' : textOf(value);
}

/** Of the standard alphabet; padding may be missing, as the service's own decoders have it. */
function isBase64(text: string): boolean {
  return (
    /^[A-Za-z0-9+/]*={0,2}$/.test(text) &&
    (text.includes('=') ? text.length % 4 === 0 : text.length % 4 !== 1)
  );
}

const passiveCharacter =
  'The sub-picture must not contain a passive character that is preceded by an active character and that is followed by another active character';

/**
 * A picture without a digit, a separator or an optional digit: jsonata takes it apart before it
 * looks (github.com/floci-io/floci/issues/2737).
 */
function hasActiveCharacter(picture: string, options: object | undefined): boolean {
  const zero = symbol(options, 'zero-digit', '0').charCodeAt(0);
  const active = [
    ...Array.from({ length: 10 }, (_, digit) => String.fromCharCode(zero + digit)),
    symbol(options, 'decimal-separator', '.'),
    symbol(options, 'grouping-separator', ','),
    symbol(options, 'digit', '#'),
    symbol(options, 'pattern-separator', ';'),
  ];
  return [...picture].some((char) => active.includes(char));
}

function symbol(options: object | undefined, name: string, standard: string): string {
  const given = (options as Record<string, unknown> | undefined)?.[name];
  return typeof given === 'string' && given !== '' ? given : standard;
}
