import type { OrchestrationDocument } from '@harmony/artifact';
import type { ContractDocument } from '@harmony/contract';
import type { Environment } from './environment.ts';
import type { StandIn } from './read/stand-ins.ts';

/** A cloud assembly as checks and local runs see it: everything resolved, nothing of CDK left. */
export interface Assembly {
  /** The folder it was read from, absolute. */
  readonly dir: string;
  readonly stages: readonly Stage[];
}

export interface Stage {
  readonly name: string;
  /** Of its stacks; absent in a model that was not read from files. */
  readonly environment?: Environment;
  /**
   * The names of all its stacks in CloudFormation, those without a workflow among them; absent in a
   * model that was not read from files.
   */
  readonly stacks?: readonly string[];
  readonly stateMachines: readonly StateMachine[];
  readonly functions: readonly LambdaFunction[];
}

export interface StateMachine {
  readonly stage: string;
  /** The CloudFormation stack's name, such as `prod-billing-alerts`. */
  readonly stack: string;
  /** Bytes of the stack's template; absent in a model that was not read from files. */
  readonly templateBytes?: number;
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** The definition as it will be deployed: intrinsic functions and substitutions applied. */
  readonly definition: Readonly<Record<string, unknown>>;
  /** Where the definition is written, where that is a file of its own or a template that people write. */
  readonly source?: DefinitionSource;
  /** What the definition holds in place of values that only AWS knows; absent without any. */
  readonly standIns?: readonly StandIn[];
  /** The workspace-relative path of the file it was written in, with forward slashes. */
  readonly definitionFile?: string;
  readonly contract?: ContractDocument;
  readonly orchestration?: OrchestrationDocument;
  /** The workspace-relative path of its mocks, with forward slashes. */
  readonly mocks?: string;
  /** All statements of its role that the assembly holds, inline and attached. */
  readonly policies: readonly PolicyStatement[];
  /** Policies of its role that lie outside the assembly, whose statements are unknown. */
  readonly foreignPolicies: readonly string[];
}

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  /** Its published versions and its aliases that the assembly has. */
  readonly qualifiers: readonly string[];
  readonly runtime: string;
  readonly handler: string;
  readonly code: FunctionCode;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** What its environment holds in place of values that only AWS knows; absent without any. */
  readonly standIns?: readonly StandIn[];
}

/** A file, and the keys in it that lead to the definition: none where it holds nothing else. */
export interface DefinitionSource {
  /** Absolute. */
  readonly file: string;
  readonly path: readonly string[];
}

/** Where a function's code is. */
export type FunctionCode =
  /** An absolute folder. */
  | { readonly kind: 'folder'; readonly path: string }
  /** The text of its one file, `index`. */
  | { readonly kind: 'inline'; readonly source: string }
  /** Not in the assembly. */
  | { readonly kind: 'elsewhere'; readonly reason: string };

/** One IAM statement, lists always lists. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditional: boolean;
  /** By operator and key, `{ StringEquals: { 'events:source': [...] } }`; absent without any. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}
