import { createContext, Script } from 'node:vm';

/** How long one regular expression may search, in milliseconds. */
const limitMs = 1_000;

/** Steps below which a search is run as it is: starting a watchdog costs about 0.2 ms. */
const safeSteps = 1e6;

/** A regular expression that backtracked past the time an expression may take. */
export class RegexTimeout extends Error {
  override readonly name = 'RegexTimeout';

  constructor(source: string) {
    super(`The regular expression /${source}/ did not finish within ${String(limitMs)} ms`);
  }
}

/**
 * An empty context, used for its watchdog only: V8 interrupts a backtracking search when the
 * script that started it times out. The script is fixed text; nothing of the user is compiled.
 */
interface Sandbox {
  /** Of RegExp itself: GuardedRegExp's own would come back here. */
  exec: typeof RegExp.prototype.exec;
  re?: RegExp;
  text?: string;
}

const sandbox = createContext(
  Object.assign(Object.create(null) as object, { exec: RegExp.prototype.exec }),
) as unknown as Sandbox;
const search = new Script('Reflect.apply(exec, re, [text])');

/**
 * `RegExp.prototype.exec` that always comes back.
 *
 * @throws RegexTimeout after a second.
 */
export function guardedExec(re: RegExp, text: string): RegExpExecArray | null {
  if (steps(re.source, text.length) <= safeSteps) return RegExp.prototype.exec.call(re, text);
  sandbox.re = re;
  sandbox.text = text;
  try {
    return search.runInContext(sandbox as object, { timeout: limitMs }) as RegExpExecArray | null;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw new RegexTimeout(re.source);
    }
    throw error;
  } finally {
    delete sandbox.re;
    delete sandbox.text;
  }
}

export function guardedTest(source: string, flags: string, text: string): boolean {
  return guardedExec(new RegExp(`^(?:${source})$`, flags), text) !== null;
}

/** The RegExp that JSONata is given. */
export class GuardedRegExp extends RegExp {
  override exec(text: string): RegExpExecArray | null {
    return guardedExec(this, text);
  }
}

/**
 * An upper bound of the steps a search takes: each unbounded quantifier may try every length at
 * every start; a quantified group may try every way to split the text.
 */
function steps(source: string, length: number): number {
  const plain = source.replace(/\\./gs, 'x').replace(/\[[^\]]*\]/g, 'x');
  if (/\)(?:[*+]|\{\d+,?\d*\})/.test(plain) || /\\[1-9]/.test(source)) return 2 ** length;
  const quantifiers = plain.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  return (length + 1) ** (quantifiers + 1);
}
