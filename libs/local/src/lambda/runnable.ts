import type { LambdaFunction } from '@harmony/assembly';

/** A function whose code lies in a folder of this machine, ready to be loaded. */
export interface RunnableFunction extends Omit<LambdaFunction, 'code'> {
  /** Absolute. */
  readonly assetPath: string;
  /** Absolute path of the interpreter, for a Python function. */
  readonly python?: string;
}

/** The runtimes that this machine's own Node.js and Python stand in for. */
export type RuntimeFamily = 'node' | 'python';

/** @param runtime Lambda's identifier: `nodejs24.x` @returns undefined for one that is not run here */
export function runtimeFamily(runtime: string): RuntimeFamily | undefined {
  if (/^nodejs\d/.test(runtime)) return 'node';
  return /^python3/.test(runtime) ? 'python' : undefined;
}
