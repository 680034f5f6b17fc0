import { assertName, pascalCase } from '../../shared/names.ts';
import type { Functions } from './functions.ts';

/** `${filter_prefix}`, `${Hello.Arn}`, `${AWS::Region}`; JSONata's `${ "key": … }` is none. */
const NAME = '[\\w.:-]+';
const ANY = new RegExp(`\\$\\{(${NAME})\\}`, 'g');
/** A whole text, or a substitution outside any. */
export const BARE_IN_JSON = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|\\$\\{${NAME}\\}`, 'g');
/** One that is a whole value. */
export const BARE_IN_YAML = new RegExp(
  `((?:^|[:,[{-])[ \\t]+)(\\$\\{${NAME}\\})(?=[ \\t]*(?:[,\\]}#\\r\\n]|$))`,
  'gm',
);

/** What CloudFormation itself gives, as CDK's `Aws` calls it. */
const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': 'ACCOUNT_ID',
  'AWS::Partition': 'PARTITION',
  'AWS::Region': 'REGION',
  'AWS::StackId': 'STACK_ID',
  'AWS::StackName': 'STACK_NAME',
  'AWS::URLSuffix': 'URL_SUFFIX',
};

export interface Substitution {
  /** As the file has it, without `${}`. */
  readonly was: string;
  /** Ours. */
  readonly name: string;
  /** The handler that it is the function of. */
  readonly handler?: string;
  /** The property of CDK's `Aws` that is its value. */
  readonly pseudo?: string;
}

/** Each substitution of a text with the name that it gets here. */
export function renamed(text: string, functions: Functions): readonly Substitution[] {
  const taken = new Set(['check-input']);
  const used = [...new Set(Array.from(text.matchAll(ANY), ([, was]) => was ?? ''))];
  return used.map((was): Substitution => {
    const words = wordsOf(was);
    if (functions.has(was)) {
      const handler = free(handlerName(words), taken);
      return { was, handler, name: pascalCase(handler) };
    }
    const pseudo = PSEUDO[was];
    const name = pascalCase(free(words.join('-'), taken));
    return { was, name, ...(pseudo !== undefined && { pseudo }) };
  });
}

export function rename(text: string, substitutions: readonly Substitution[]): string {
  const names = new Map(substitutions.map(({ was, name }) => [was, name]));
  return text.replaceAll(ANY, (_, was: string) => `\${${names.get(was) ?? was}}`);
}

/** Words that say no more than that it is a function's ARN. */
const TAIL = new Set(['arn', 'lambda', 'function', 'fn', 'name']);

function handlerName(words: readonly string[]): string {
  const short = [...words];
  while (short.length > 1 && TAIL.has(short.at(-1) ?? '')) short.pop();
  const [first = 'handler'] = [short, words, [...words, 'handler']]
    .map((each) => each.join('-'))
    .filter(isHandlerName);
  return first;
}

function isHandlerName(name: string): boolean {
  try {
    assertName('the handler', name);
    return true;
  } catch {
    return false;
  }
}

/** `FilterPrefix`, `filter_prefix` and `Filter.Prefix` → `filter`, `prefix`. */
function wordsOf(name: string): readonly string[] {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return /^[a-z]/.test(words[0] ?? '') ? words : ['value', ...words];
}

function free(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}-${count}`;
  taken.add(name);
  return name;
}
