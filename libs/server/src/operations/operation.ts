import type { Catalog } from '../catalog/catalog.ts';
import type { Runs } from '../runs/runs.ts';
import type { Store } from '../store/store.ts';
import type { SdkSchema } from '../wire/check-input.ts';

/** What an operation works on. */
export interface OperationContext {
  readonly catalog: Catalog;
  readonly runs: Runs;
  readonly store: Store;
  /** Aborts when the caller has gone. */
  readonly signal: AbortSignal;
}

/** One operation of the API: the schema that the SDK sends it by, and what it does. */
export interface Operation {
  readonly schema: SdkSchema;
  run(input: object, context: OperationContext): Promise<object>;
}

/**
 * Input and output are the SDK's own types; `input` has been held against the schema.
 * @param schema of the SDK: `[kind, namespace, name, traits, input, output]`
 */
export function operation<Input extends object, Output>(
  schema: readonly unknown[],
  run: (input: Input, context: OperationContext) => Promise<Output> | Output,
): Operation {
  return {
    schema: schema[4],
    run: async (input, context) => ((await run(input as Input, context)) ?? {}) as object,
  };
}
