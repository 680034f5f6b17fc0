import { join } from 'node:path';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { METADATA } from '@harmony/artifact';
import type { ContractDocument } from '@harmony/contract';
import { Construct } from 'constructs';
import {
  type Definition,
  definitionFile,
  placeOfSubstitution,
  readDefinition,
  substitutionsIn,
} from './asl.ts';
import { DeploymentRecord } from './deployment-record.ts';
import { ConstructError } from './errors.ts';
import { HandlerFunction, handlersOf, substitutionName } from './handler-function.ts';
import { inPartition } from './partition.ts';
import type { WorkflowProps } from './stage/settings.ts';
import { standardStateMachine } from './state-machine.ts';
import { workspaceRelative } from './workspace.ts';

/** A wildcard permission that AWS leaves no choice about, and why. */
export interface WildcardPermission {
  /** cdk-nag's finding: `Resource::*`, `Resource::arn:…/*`, `Action::s3:*`. */
  readonly finding: string;
  readonly reason: string;
}

export interface ChildWorkflowProps extends WorkflowProps {
  readonly contract: { readonly name: string; readonly document: ContractDocument };
  /** The child's folder, absolute: it holds workflow.asl.yaml or .json, src/handlers, dist and mocks.json. */
  readonly root: string;
  /** How long an execution may take; the definition itself declares none. */
  readonly timeout: Duration;
  /** What the state machine's integrations may do; its own functions are granted already. */
  readonly policies?: readonly PolicyStatement[];
  /** Acknowledges cdk-nag's IAM5 on `policies`, finding by finding. */
  readonly wildcards?: readonly WildcardPermission[];
  /** Values for `${Name}` in the definition, besides one per handler (`check-input` → `${CheckInput}`). */
  readonly substitutions?: Readonly<Record<string, string>>;
  /** For each of the functions; 30 s unless told. */
  readonly functionTimeout?: Duration;
  /** MiB, for each of the functions; 256 unless told. */
  readonly functionMemory?: number;
}

/**
 * A child workflow: a Standard state machine `<stage>-<child>` made from the folder's
 * workflow.asl.yaml or workflow.asl.json, and a Lambda function `<stage>-<child>-<handler>` for each of its handlers.
 *
 * The state machine's metadata carries the contract and the place of the mocks, so that checks and
 * local runs need nothing but the assembly.
 *
 * @throws ConstructError when the folder and its definition do not fit together
 */
export class ChildWorkflow extends Construct {
  readonly stateMachineName: string;
  readonly stateMachineArn: string;
  readonly #permissions: PolicyDocument;

  constructor(scope: Construct, id: string, props: ChildWorkflowProps) {
    super(scope, id);
    const { stage, contract, root } = props;
    this.stateMachineName = `${stage.name}-${contract.name}`;

    const file = definitionFile(root);
    const definition = inPartition(withTimeout(readDefinition(file), props.timeout, file));
    const definitionString = JSON.stringify(definition);
    const handlers = handlersOf(root);
    checkSubstitutions(definitionString, handlers, Object.keys(props.substitutions ?? {}), file);

    const functions = handlers.map((handler) => {
      const lambda = new HandlerFunction(this, substitutionName(handler), {
        stage,
        child: contract.name,
        handler,
        root,
        timeout: props.functionTimeout ?? Duration.seconds(30),
        memorySize: props.functionMemory ?? 256,
      });
      return [substitutionName(handler), lambda.functionArn] as const;
    });
    this.#permissions = new PolicyDocument({
      statements: [
        new PolicyStatement({
          actions: ['lambda:InvokeFunction'],
          resources: functions.map(([, arn]) => arn),
        }),
        ...(props.policies ?? []),
      ],
    });
    const { resource, role } = standardStateMachine(this, {
      stage,
      name: this.stateMachineName,
      definitionString,
      definitionSubstitutions: { ...Object.fromEntries(functions), ...props.substitutions },
      permissions: this.#permissions,
      metadata: {
        [METADATA.contract]: contract.document,
        // Whether the file is there or not: local runs are its only reader.
        [METADATA.mocks]: workspaceRelative(join(root, 'mocks.json')),
        // So that a failure names the line that somebody wrote.
        [METADATA.definition]: workspaceRelative(file),
      },
    });
    this.stateMachineArn = resource.ref;
    new DeploymentRecord(this, 'DeploymentRecord', {
      stage,
      kind: 'child',
      name: contract.name,
      hash: contract.document.hash,
      document: contract.document,
      stateMachine: resource,
    });
    for (const { finding, reason } of props.wildcards ?? []) {
      Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason });
    }
  }

  /** Grants the state machine more, such as an action on a resource made beside it. */
  addPermissions(...statements: PolicyStatement[]): void {
    this.#permissions.addStatements(...statements);
  }
}

function withTimeout(definition: Definition, timeout: Duration, file: string): Definition {
  if ('TimeoutSeconds' in definition) {
    throw new ConstructError(
      'TIMEOUT_DECLARED_TWICE',
      `${file} declares TimeoutSeconds, and its construct a timeout: keep the construct's, remove it from the definition.`,
    );
  }
  return { ...definition, TimeoutSeconds: timeout.toSeconds() };
}

/** Every `${Name}` has a value and every handler is called: neither shows before a run otherwise. */
function checkSubstitutions(
  definitionText: string,
  handlers: readonly string[],
  others: readonly string[],
  file: string,
): void {
  const used = new Set(substitutionsIn(definitionText));
  const known = [...handlers.map(substitutionName), ...others];
  for (const name of used) {
    if (!known.includes(name)) {
      const meant = known.find((each) => spelling(each) === spelling(name));
      const fix =
        meant === undefined
          ? 'Give its value in substitutions of its ChildWorkflow, or add the handler'
          : `Write \${${meant}}`;
      throw new ConstructError(
        'ASL_SUBSTITUTION_UNKNOWN',
        `${placeOfSubstitution(file, name)}: \${${name}} has no value: it is neither a handler nor a substitution. ${fix}. Known: ${known.join(', ')}.`,
      );
    }
  }
  for (const handler of handlers) {
    if (!used.has(substitutionName(handler))) {
      throw new ConstructError(
        'HANDLER_UNUSED',
        `src/handlers/${handler}.ts isn't called by any state of ${file}: call it as \${${substitutionName(handler)}}, or move the file out of src/handlers.`,
      );
    }
  }
}

/** The same for `filter_prefix`, `FilterPrefix` and `filter-prefix`. */
function spelling(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
}
