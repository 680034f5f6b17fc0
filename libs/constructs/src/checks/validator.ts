/**
 * The thread of `CloudFormationChecks`: makes the validator as aws-cdk-lib's own plugin does, with
 * the package and the rules that it brings along, then answers questions.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Diagnostic, Question } from './validator-messages.ts';

interface Engine {
  validateTemplate(
    template: object,
    options: object,
  ): {
    readonly diagnostics: readonly (Omit<Diagnostic, 'logicalId'> & {
      readonly entity?: { readonly entityType: string; readonly logicalId?: string };
    })[];
  };
}

interface Validator {
  readonly TemplateFile: new (path: string) => object;
  readonly TemplateContent: new (content: Uint8Array) => object;
  readonly TemplateModel: new (template: object) => object;
  readonly CompositeEngine: new (config: object) => Engine;
}

/** What aws-cdk-lib leaves out: rules that its own templates break by design. */
const EXCLUDED = {
  ids: ['W3005', 'W1020', 'E1018', 'W9002', 'W9013', 'W1103'],
  services: [{ ruleId: 'W3697', service: 'AWS::AutoScaling' }],
};

const answered = workerData as Int32Array;
const cdk = dirname(createRequire(import.meta.url).resolve('aws-cdk-lib/package.json'));

/** Bytes: what the engine comes to hold, 175 million at the version that this was written for. */
const MEMORY = 160_000_000;

/**
 * Has the WebAssembly memory grown at once: a template of that size is taken in, refused unread for
 * its size, and freed for what follows. The engine by itself grows in some 2,000 steps of 64 KiB, for
 * most of which V8 collects all garbage, because the whole memory counts as new: half of the CPU
 * time of the check. Nothing depends on it: should a later version not do so, it only takes longer.
 */
function growMemory({ TemplateContent, TemplateModel }: Validator): void {
  try {
    new TemplateModel(new TemplateContent(new Uint8Array(MEMORY)));
  } catch {
    // Refused, as meant.
  }
}

function makeValidator(): (path: string, place: object) => readonly Diagnostic[] {
  const validator = createRequire(join(cdk, 'package.json'))(
    '@aws/cloudformation-validate',
  ) as Validator;
  growMemory(validator);
  const { TemplateFile, CompositeEngine } = validator;
  const rules = join(cdk, 'core', 'lib', 'validation', 'rules');
  const engine = new CompositeEngine({
    regoRules: readdirSync(rules)
      .filter((name) => name.endsWith('.rego'))
      .sort()
      .map((name) => ({ name, content: readFileSync(join(rules, name), 'utf8') })),
  });
  return (path, pseudoParameterOverrides) =>
    engine
      .validateTemplate(new TemplateFile(path), {
        detailLevel: 'STANDARD',
        severityLevel: 'WARN',
        pseudoParameterOverrides,
        exclude: EXCLUDED,
      })
      .diagnostics.map(
        ({ ruleId, severity, message, propertyPath, suggestedFix, category, entity }) => ({
          ruleId,
          severity,
          message,
          ...(propertyPath === undefined ? {} : { propertyPath }),
          ...(suggestedFix === undefined ? {} : { suggestedFix }),
          ...(category === undefined ? {} : { category }),
          ...(entity?.entityType === 'Resource' && entity.logicalId !== undefined
            ? { logicalId: entity.logicalId }
            : {}),
        }),
      );
}

let validate: ReturnType<typeof makeValidator> | undefined;
let fault: string | undefined;
try {
  validate = makeValidator();
} catch (error) {
  // The asking thread sleeps until there is an answer: what goes wrong here is one.
  fault = String(error);
}

parentPort?.on('message', ({ templates, port }: Question) => {
  port.postMessage(answerTo(templates));
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
});

function answerTo(templates: Question['templates']): Answer {
  if (validate === undefined) return { fault: fault ?? 'there is no validator' };
  const check = validate;
  try {
    return {
      diagnostics: templates.map(({ path, accountId, region }) =>
        check(path, { accountId, region }),
      ),
    };
  } catch (error) {
    return { fault: String(error) };
  }
}
