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
 * a stack, so that one stack's failure ends nothing else. It runs beside the assembly, where cdk.json
 * switches off what calls home.
 *
 * An interruption is left to the CDK CLI, which gets the terminal's signal itself: CloudFormation
 * goes on with what was begun.
 */
export function cdkDeploy({ assembly, env }: CdkOptions): DeployStack {
  return (stack, onOutput, signal) =>
    new Promise((resolve, reject) => {
      const args = ['deploy', '--app', assembly, '--exclusively', stack.selector];
      // What a person approves is the deployment, not each role in it.
      args.push('--require-approval', 'never', '--progress', 'events');
      // An assembly of elsewhere has no cdk.json beside it that switches off what calls home.
      args.push('--no-notices');
      const cdk = spawn('cdk', args, {
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
