/** Tries files until the time is over, in a thread of its own: one that hangs can be ended. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { mutated } from './mutate.ts';
import { bytesOf, type Case, caseOf, problemWith } from './problem.ts';
import { READERS, readable } from './readers.ts';

export interface Work {
  readonly seed: number;
  /** Of the first case. */
  readonly from: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export type Message =
  | { readonly kind: 'tries'; readonly count: number; readonly tried: Case }
  | { readonly kind: 'failed'; readonly count: number; readonly tried: Case; readonly why: string };

const { seed, from, until } = workerData as Work;
const tell = (message: Message): void => parentPort?.postMessage(message);
const seen = new Set<string>();
const names = Object.keys(READERS);
await using workspace = await readable();
const { root } = workspace;
const proper = new Map<string, Buffer>();
for (const [name, { file }] of Object.entries(READERS)) {
  proper.set(name, await readFile(join(root, file)));
}
for (let count = from; Date.now() < until; count++) {
  const name = names[count % names.length] as string;
  const bytes = mutated(proper.get(name) as Buffer, seed * 1_000_003 + count);
  const tried = caseOf(name, bytes);
  tell({ kind: 'tries', count, tried });
  const found = await problemWith(tried, root);
  // One case of each fault: the same one comes again and again.
  const fault = `${name} ${found?.split('\n').slice(0, 3).join(' ').slice(0, 300) ?? ''}`;
  if (found === undefined || seen.has(fault)) continue;
  seen.add(fault);
  const small = await smaller(tried, count);
  const why = (await problemWith(small, root)) ?? 'not twice: it depends on the time it took';
  tell({ kind: 'failed', count, tried: small, why });
}

/** Parts cut out, smaller and smaller ones, as long as the problem stays. */
async function smaller(tried: Case, of: number): Promise<Case> {
  let bytes = bytesOf(tried);
  let tries = 100;
  for (let length = bytes.length >> 1; length > 0; length >>= 1) {
    for (let at = 0; at < bytes.length && tries > 0; tries--) {
      tell({ kind: 'tries', count: of, tried });
      const less = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
      if ((await problemWith(caseOf(tried.reader, less), root)) === undefined) at += length;
      else bytes = less;
    }
  }
  return caseOf(tried.reader, bytes);
}
