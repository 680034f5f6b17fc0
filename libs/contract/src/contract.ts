import type { z } from 'zod';
import type { ContractViolation, Issue } from './errors.ts';
import type { JsonSchema } from '@harmony/schema';

/** An open object: what the trigger supplies, of which each child names the part it reads. */
export type PayloadSchema = z.ZodObject;
/** A strict object, or a union of strict objects. */
export type ConfigurationSchema = z.ZodType;
export type OutputSchema = z.ZodType;

/** One input as a caller would write it, and what the child answers. Checked when defined. */
export interface Example<
  P extends PayloadSchema = PayloadSchema,
  C extends ConfigurationSchema = ConfigurationSchema,
  O extends OutputSchema = OutputSchema,
> {
  readonly title?: string;
  readonly payload: z.input<P>;
  readonly configuration: z.input<C>;
  readonly output?: z.output<O>;
}

/** What a contract says, as data: it is written into the artifact and compared there. */
export interface ContractDocument {
  readonly name: string;
  /** SHA-256 over name and schemas; independent of the order of fields and of descriptions. */
  readonly hash: string;
  /** JSON Schema 2020-12 of what a caller may send (the input side: defaults are optional). */
  readonly payload: JsonSchema;
  readonly configuration: JsonSchema;
  /** JSON Schema 2020-12 of what the child answers (the output side). */
  readonly output: JsonSchema;
}

/** What Step Functions and the orchestrator add to a child's input. */
export interface InvocationFields {
  readonly NeedCallback?: boolean | undefined;
  readonly AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID?: string | undefined;
  /** The orchestrator's execution name and the target's id: an idempotency key. */
  readonly runId?: string | undefined;
}

export interface ParseOptions {
  /** Path of the input in what the caller wrote; messages start with it. Default: none. */
  readonly root?: string;
}

export type SafeParse<T> =
  | { readonly success: true; readonly data: T }
  | {
      readonly success: false;
      readonly issues: readonly Issue[];
      readonly error: ContractViolation;
    };

/** A child workflow's declared interface. Made by `defineContract` alone. */
export interface Contract<
  Name extends string = string,
  P extends PayloadSchema = PayloadSchema,
  C extends ConfigurationSchema = ConfigurationSchema,
  O extends OutputSchema = OutputSchema,
> {
  readonly name: Name;
  readonly payload: P;
  readonly configuration: C;
  readonly output: O;
  readonly examples: readonly Example<P, C, O>[];
  readonly hash: string;
  readonly document: ContractDocument;
  /**
   * Parses a child's whole input and returns its output form, defaults applied.
   * @throws {ContractViolation} with every issue
   */
  parse(input: unknown, options?: ParseOptions): ContractInput<P, C>;
  /** As `parse`, with the issues in the result. */
  safeParse(input: unknown, options?: ParseOptions): SafeParse<ContractInput<P, C>>;
}

export type ContractInput<
  P extends PayloadSchema,
  C extends ConfigurationSchema,
> = InvocationFields & {
  readonly payload: z.output<P>;
  readonly configuration: z.output<C>;
};

/** What a child's states and handlers read after *Check input*: the output form. */
export type ChildInput<K extends Contract> = ContractInput<K['payload'], K['configuration']>;
/** What a child's execution answers. */
export type ChildOutput<K extends Contract> = z.output<K['output']>;
/** What a caller writes as payload: fields with a default may be left out. */
export type CallerPayload<K extends Contract> = z.input<K['payload']>;
/** What a caller writes as configuration: fields with a default may be left out. */
export type CallerConfiguration<K extends Contract> = z.input<K['configuration']>;
