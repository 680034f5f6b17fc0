import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { DeployError } from './errors.ts';
import type { DeployStack } from './execute-plan.ts';

export interface CdkOptions {
  /** Folder of the assembly, absolute. */
  readonly assembly: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Deploys a stack with the `cdk` of the PATH, from the assembly: nothing is synthesised. One process
 * a stack, so that one stack's failure ends nothing else.
 */
export function cdkDeploy(options: CdkOptions): DeployStack {
  return ({ selector }, onOutput, signal) => {
    // What a person approves is the deployment, not each role in it.
    const approved = ['--require-approval', 'never', '--progress', 'events'];
    return runCdk(options, ['deploy', '--exclusively', selector, ...approved], onOutput, signal);
  };
}

/** Destroys a stack with the `cdk` of the PATH; whoever calls has asked. */
export function cdkDestroy(
  options: CdkOptions,
  selector: string,
  onOutput: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  return runCdk(options, ['destroy', '--exclusively', selector, '--force'], onOutput, signal);
}

/**
 * Runs beside the assembly, where cdk.json switches off what calls home. An interruption is left to
 * the CDK CLI, which gets the terminal's signal itself: CloudFormation goes on with what was begun.
 */
function runCdk(
  { assembly, env }: CdkOptions,
  [verb = '', ...rest]: readonly string[],
  onOutput: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // An assembly of elsewhere has no cdk.json beside it.
    const cdk = spawn('cdk', [verb, '--app', assembly, ...rest, '--no-notices'], {
      cwd: dirname(assembly),
      env: { ...env, CDK_DISABLE_CLI_TELEMETRY: 'true' } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = (): void => void cdk.kill('SIGINT');
    signal.addEventListener('abort', stop, { once: true });
    for (const stream of [cdk.stdout, cdk.stderr]) {
      createInterface({ input: stream }).on('line', onOutput);
    }
    cdk.on('error', (cause: NodeJS.ErrnoException) => {
      signal.removeEventListener('abort', stop);
      reject(
        cause.code === 'ENOENT'
          ? new DeployError(
              'CDK_NOT_FOUND',
              'there is no cdk on the PATH: install it with npm ci and start harmony through npx.',
              { cause },
            )
          : cause,
      );
    });
    cdk.on('close', (code, killedBy) => {
      signal.removeEventListener('abort', stop);
      if (code === 0) resolve();
      else reject(new Error(`cdk ended with ${killedBy ?? `status ${code}`}`));
    });
  });
}
