import { createContext, type Context, Script } from 'node:vm';
import { cacheOf, TooMuchWork } from '../work.ts';
import { runPattern } from './language.ts';

/** For a pattern that only JavaScript's own engine knows, which backtracks. In milliseconds. */
const MAX_TIME = 100;

let context: Context | undefined;

/**
 * Does JSON Schema's `pattern` match? `flags` are those it was written for: the draft says `u`,
 * Zod's come without. A pattern that is no regular expression matches nothing.
 * No pattern hangs: what automata know runs in linear time, everything else under a bound.
 * @throws {TooMuchWork} where a match takes too long to tell
 */
export function matches(source: string, text: string, flags: 'u' | '' = 'u'): boolean {
  // Automata are made for whole characters; without the flag, half of one is a character too.
  const isWhole = flags === 'u' ? text.isWellFormed() : !/[\ud800-\udfff]/.test(text);
  const quick = isWhole ? runPattern(source, text) : undefined;
  if (quick !== undefined) return quick;
  const slow = cacheOf<string, TooMuchWork>(runBounded);
  const known = slow.get(source);
  if (known) throw known;
  const cache = cacheOf<string, boolean>(matches);
  const key = JSON.stringify([source, text, flags]);
  let result = cache.get(key);
  if (result === undefined) cache.set(key, (result = runBounded(source, text, flags)));
  return result;
}

function runBounded(source: string, text: string, flags: string): boolean {
  context ??= createContext(Object.create(null) as Context, {
    codeGeneration: { strings: false, wasm: false },
  });
  const [pattern, subject] = [source, text].map((part) => JSON.stringify(part));
  try {
    const code = `new RegExp(${pattern}, '${flags}').test(${subject})`;
    return new Script(code).runInContext(context, { timeout: MAX_TIME }) === true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      const slow = new TooMuchWork(`the pattern ${source.slice(0, 60)} takes too long`);
      // Once is enough: many values may be tried.
      cacheOf<string, TooMuchWork>(runBounded).set(source, slow);
      throw slow;
    }
    return false;
  }
}
