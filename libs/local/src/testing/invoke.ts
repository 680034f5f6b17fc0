import type { RunnableFunction } from '../lambda/runnable.ts';
import { FunctionPool } from '../lambda/function-pool.ts';
import { testFolder, testFunction } from './functions.ts';

interface Logged {
  readonly stream: string;
  readonly text: string;
  readonly requestId?: string;
}

export interface Invoked {
  /** What each event was answered with: the response's value, or the error payload. */
  readonly results: unknown[];
  readonly logs: readonly Logged[];
}

export interface InvokeSettings extends Partial<RunnableFunction> {
  /** Name of the source's file; default `index.mjs`. */
  readonly file?: string;
  /** Folder to make the code's folder in; default: the temporary one. */
  readonly parent?: string;
}

/** Runs each event in turn, on the handler whose source is given, and ends the pool. */
export async function invoke(
  source: string,
  events: readonly unknown[] = [{}],
  changes: InvokeSettings = {},
): Promise<Invoked> {
  const { file = 'index.mjs', parent, ...settings } = changes;
  await using folder = await testFolder({ [file]: source }, parent);
  const logs: Logged[] = [];
  const fn = testFunction(folder.path, settings);
  await using pool = new FunctionPool({
    region: 'us-east-1',
    log: (_fn, line) => logs.push(line),
  });
  const results: unknown[] = [];
  for (const [index, event] of events.entries()) {
    const invocation = { requestId: `request-${index}`, eventJson: JSON.stringify(event) };
    const result = await pool.invoke(fn, invocation, new AbortController().signal);
    results.push(result.kind === 'response' ? JSON.parse(result.json) : result.error);
  }
  return { results, logs };
}

export const typeOf = (result: unknown): unknown => (result as { errorType?: unknown }).errorType;
export const messageOf = (result: unknown): unknown =>
  (result as { errorMessage?: unknown }).errorMessage;
