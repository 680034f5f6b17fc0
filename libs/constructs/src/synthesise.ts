import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { formatIssue } from '@harmony/contract';
import { App, PermissionsBoundary, Stack, Stage } from 'aws-cdk-lib/core';
import { ConstructError } from './errors.ts';
import { checkQuotas } from './quotas/check-quotas.ts';
import { checkSettings } from './stage/check-settings.ts';
import type { StageSettings } from './stage/settings.ts';
import { stripTraces } from './strip-traces.ts';

/** Puts one stack's constructs into it, for one stage. */
export type StackBuilder = (stack: Stack, stage: StageSettings) => void;

export interface SynthesisOptions {
  /** Where the assembly is written; an assembly already there is replaced. */
  readonly outdir: string;
  readonly stages: readonly StageSettings[];
  /** By stack id, which is the workflow's name: the stack is `<stage>/<id>`, deployed as `<stage>-<id>`. */
  readonly stacks: Readonly<Record<string, StackBuilder>>;
  /**
   * The commit that is synthesised, for the tag `commit` of every stack. It stands in the manifests
   * alone: a template is the same for every commit that leaves it alone.
   */
  readonly commit?: string;
  /**
   * Adds validations to the app, `CloudFormationChecks` among them. They take seconds to load, so a
   * synth without (a child's tests) leaves them to the one that deploys.
   */
  readonly checks?: (app: App) => void;
}

/**
 * Writes the cloud assembly: a nested assembly per stage, a stack per entry of `stacks`, no
 * account and no region but those that a stage names. Equal inputs give equal bytes wherever the workspace lies: nothing in the assembly
 * holds an absolute path. After a failed synth there is no assembly, rather than a doubtful one.
 *
 * @throws ConstructError `STAGE_INVALID`, `OUTPUT_FOLDER_IN_USE`, `QUOTA_EXCEEDED`, and whatever CDK and its validations throw
 */
export function synthesise(options: SynthesisOptions): void {
  const issues = options.stages.flatMap(checkSettings);
  if (issues.length > 0) {
    throw new ConstructError('STAGE_INVALID', issues.map(formatIssue).join('\n'));
  }
  clearOutput(options.outdir);
  const app = new App({
    outdir: options.outdir,
    analyticsReporting: false,
    treeMetadata: false,
    stackTraces: false,
    // It would make a second validator; `CloudFormationChecks` is the same in a thread of its own.
    builtinCloudFormationValidation: false,
    postCliContext: {
      'aws:cdk:enable-path-metadata': false,
      'aws:cdk:enable-asset-metadata': false,
      // Stack traces in the assembly would hold the paths of this machine.
      'aws:cdk:disable-creation-stack-traces': true,
      '@aws-cdk/core:validateAgainstDefaultRules': true,
    },
  });
  try {
    for (const stage of options.stages) {
      const scope = new Stage(app, stage.name, {
        ...(stage.env === undefined ? {} : { env: stage.env }),
        permissionsBoundary: boundaryOf(stage),
      });
      for (const [id, build] of Object.entries(options.stacks)) {
        const stack = new Stack(scope, id, {
          stackName: `${stage.name}-${id}`,
          terminationProtection: stage.protect === true,
          tags: {
            ...stage.tags,
            ...(options.commit === undefined ? {} : { commit: options.commit }),
          },
        });
        build(stack, stage);
      }
    }
    options.checks?.(app);
    checkQuotas(app.synth());
    stripTraces(options.outdir);
  } catch (error) {
    keepReportOnly(options.outdir);
    throw error;
  }
}

function boundaryOf({ permissionsBoundary }: StageSettings): PermissionsBoundary | undefined {
  if (permissionsBoundary === undefined) return undefined;
  return permissionsBoundary.startsWith('arn:')
    ? PermissionsBoundary.fromArn(permissionsBoundary)
    : PermissionsBoundary.fromName(permissionsBoundary);
}

/** What CDK's message about findings refers its reader to. */
const REPORT = 'validation-report.json';

function keepReportOnly(outdir: string): void {
  if (!existsSync(outdir)) return;
  for (const entry of readdirSync(outdir)) {
    if (entry !== REPORT) rmSync(join(outdir, entry), { recursive: true });
  }
}

function clearOutput(outdir: string): void {
  if (!existsSync(outdir)) return;
  const entries = readdirSync(outdir);
  if (!entries.includes('cdk.out') && entries.some((entry) => entry !== REPORT)) {
    throw new ConstructError(
      'OUTPUT_FOLDER_IN_USE',
      `${outdir} holds something other than an assembly: choose another output folder.`,
    );
  }
  rmSync(outdir, { recursive: true });
}
