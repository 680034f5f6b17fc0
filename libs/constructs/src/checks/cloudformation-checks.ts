import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
// Types alone: this module starts the worker, and loading aws-cdk-lib is what it must not wait for.
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib/core';
import type { Answer, Diagnostic, Question } from './validator-messages.ts';

/** Milliseconds. A validator that says nothing for this long has ended. */
const PATIENCE = 10 * 60_000;

/**
 * CDK's own check of templates (AWS's validator with CloudFormation's resource schemas and rules in
 * it), in a thread of its own: making the validator takes longer than all else of a synth, and
 * needs nothing of it, so both go on at once. Its findings have the ids that CDK gives them, and are
 * acknowledged by the same.
 */
export class CloudFormationChecks implements IPolicyValidationPlugin {
  readonly name = 'CloudFormation Validate';
  readonly #worker: Worker;
  /** 1 when an answer is there. */
  readonly #answered = new Int32Array(new SharedArrayBuffer(4));

  constructor() {
    this.#worker = new Worker(new URL('./validator.ts', import.meta.url), {
      workerData: this.#answered,
    });
    // A synth that fails before it asks must not wait for the validator.
    this.#worker.unref();
  }

  validate({ stackTemplates }: IPolicyValidationContext): PolicyValidationPluginReport {
    const answer = this.#ask({
      templates: stackTemplates.map(({ templatePath, accountId, region }) => ({
        path: templatePath,
        accountId,
        region,
      })),
    });
    if ('fault' in answer) throw new Error(`The check of templates failed: ${answer.fault}`);
    const violations = stackTemplates.flatMap(({ templatePath, stackConstructPath }, index) =>
      (answer.diagnostics[index] ?? []).map((diagnostic) =>
        violationOf(diagnostic, templatePath, stackConstructPath),
      ),
    );
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  }

  #ask(question: Omit<Question, 'port'>): Answer {
    const { port1, port2 } = new MessageChannel();
    Atomics.store(this.#answered, 0, 0);
    this.#worker.postMessage({ ...question, port: port2 } satisfies Question, [port2]);
    Atomics.wait(this.#answered, 0, 0, PATIENCE);
    const received = receiveMessageOnPort(port1) as { readonly message: Answer } | undefined;
    port1.close();
    return received?.message ?? { fault: 'the validator gave no answer' };
  }
}

const ERRORS = new Set(['FATAL', 'ERROR']);
/** A value outside its enumeration: a warning to the validator, a failed deployment to AWS. */
const ENUMERATION = 'W3030';

function violationOf(
  { ruleId, severity, message, propertyPath, logicalId, suggestedFix, category }: Diagnostic,
  templatePath: string,
  stackConstructPath: string | undefined,
): PolicyViolation {
  const property = propertyPath?.replace(/^Properties\./, '');
  return {
    ruleName: ruleId,
    description: property === undefined ? message : `${property}: ${message}`,
    severity: ERRORS.has(severity) || ruleId === ENUMERATION ? 'error' : 'warning',
    ...(suggestedFix === undefined ? {} : { fix: suggestedFix }),
    ...(category === undefined ? {} : { ruleMetadata: { category } }),
    violatingResources: [
      {
        templatePath,
        locations: propertyPath === undefined ? [] : [propertyPath],
        ...(logicalId === undefined
          ? { constructPath: stackConstructPath }
          : { resourceLogicalId: logicalId }),
      },
    ],
  };
}
