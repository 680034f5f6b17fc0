import type { Json } from '../json.ts';
import type { ResolvedOptions } from './diagnostic.ts';

/** Stands for a character of a substitution that had no quotes; no text of a person has it. */
const mark = '\uE000';

/** Whether a string holds a CloudFormation or CDK definition substitution. */
export function hasPlaceholder(text: string): boolean {
  return /\$\{[^}]*\}/.test(text) || text.includes(mark);
}

/** Whether a value is one substitution and nothing else: whatever it becomes may be right. */
export function isLater(value: Json | undefined, { placeholders }: ResolvedOptions): boolean {
  if (!placeholders || typeof value !== 'string') return false;
  return /^\$\{[^{}]*\}$/.test(value) || /^\uE000+$/.test(value);
}

/** Whether a string stands for a bare substitution. */
export function isQuotedSubstitution(text: string): boolean {
  return /^\uE000+$/.test(text);
}

/**
 * A definition's text with its bare substitutions (`"Seconds": ${Pause}`) made strings of the same
 * length, so that it can be parsed and every place stays where it is: CloudFormation and SAM
 * substitute in the text before it is parsed
 * (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-statemachine-definitionsubstitutions.html).
 */
export function quoteSubstitutions(source: string): string {
  if (!source.includes('${')) return source;
  let result = '';
  /** The quote that is open. */
  let open = '';
  /** A value may start here. */
  let start = true;
  for (let at = 0; at < source.length; at++) {
    const char = source[at] as string;
    const bare = open === '' && start ? bareSubstitution(source, at) : undefined;
    if (bare !== undefined) {
      result += `"${mark.repeat(bare.length - 2)}"`;
      at += bare.length - 1;
      start = false;
      continue;
    }
    result += char;
    if (open !== '') {
      if (char === '\\' && open === '"') result += source[++at] ?? '';
      else if (char === open) open = '';
    } else if (start && (char === '"' || char === "'")) {
      open = char;
      start = false;
    } else if (':,[{-\n'.includes(char)) start = true;
    else if (char.trim() !== '') start = false;
  }
  return result;
}

/** `${Name}` that is a whole value: nothing but the end of that follows. */
function bareSubstitution(source: string, at: number): string | undefined {
  const pattern = /\$\{[^{}\s]+\}(?=[ \t]*(?:[,\]}#\r\n]|$))/y;
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}
