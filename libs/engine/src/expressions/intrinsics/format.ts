import type { Json } from '../../json.ts';
import type { IntrinsicFunction } from './function.ts';
import { IntrinsicFailure, stringArgument } from './function.ts';

/** `{}` in the template takes the next argument; `\{` and `\}` are braces, `\\` is a backslash. */
export const format: IntrinsicFunction = {
  minArgs: 1,
  maxArgs: Infinity,
  call(args, site) {
    const template = site.literals[0] ?? stringArgument('States.Format', args, 0);
    const pieces = split(template);
    if (pieces.length !== args.length) {
      throw new IntrinsicFailure(
        'Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.',
      );
    }
    let text = pieces[0] ?? '';
    for (let at = 1; at < pieces.length; at++) {
      text += javaString(args[at] as Json) + (pieces[at] ?? '');
    }
    return text;
  },
};

/** The text before, between and after the placeholders. */
function split(template: string): string[] {
  const pieces = [''];
  const add = (text: string) => {
    pieces[pieces.length - 1] += text;
  };
  for (let at = 0; at < template.length; at++) {
    const char = template[at] ?? '';
    if (char === '\\' && "'{}\\".includes(template[at + 1] ?? ' ')) {
      add(template[++at] ?? '');
    } else if (char === '{') {
      if (template[at + 1] !== '}') {
        throw new IntrinsicFailure(
          "Invalid template in States.Format: matching '}' not found for '{'.",
        );
      }
      at++;
      pieces.push('');
    } else if (char === '}') {
      throw new IntrinsicFailure(
        "Invalid template in States.Format: matching '{' not found for '}'.",
      );
    } else {
      add(char);
    }
  }
  return pieces;
}

/** The service prints arguments as Java's `toString` does: `{a=1, b=[x, null]}`, without quotes. */
function javaString(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(javaString).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${key}=${javaString(item)}`);
    return `{${entries.join(', ')}}`;
  }
  return typeof value === 'number' ? javaNumber(value) : String(value);
}

/** Integers in full; fractions below 0.001 or from 10,000,000 in Java's exponent notation. */
function javaNumber(value: number): string {
  const size = Math.abs(value);
  if (Number.isSafeInteger(value)) return String(value + 0);
  if (size >= 1e-3 && size < 1e7) return String(value);
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${String(Number(exponent))}`;
}
