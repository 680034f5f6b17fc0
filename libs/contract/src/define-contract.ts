import * as z from 'zod';
import { hashJson, normaliseSchema } from '@harmony/schema';
import type {
  ConfigurationSchema,
  Contract,
  ContractDocument,
  ContractInput,
  Example,
  OutputSchema,
  ParseOptions,
  PayloadSchema,
  SafeParse,
} from './contract.ts';
import type { Issue } from './errors.ts';
import { ContractViolation, InvalidContract } from './errors.ts';
import { checkName } from './name.ts';
import { findUnrepresentable } from './representable.ts';
import { toJsonSchema } from './to-json-schema.ts';
import { validate } from './validate.ts';

// Zod would compile each schema with `new Function`, which costs a cold start more than the one parse
// of an invocation gains.
z.config({ jitless: true });

/**
 * Defines a child workflow's interface.
 *
 * Payload schemas are open objects (`z.object`), since one payload serves several children;
 * every object in a configuration is strict (`z.strictObject`). What JSON Schema cannot say
 * (`refine`, `transform`, dates, …) is refused, because the artifact is checked with JSON Schema.
 *
 * @throws {InvalidContract} `CONTRACT_NAME`, `CONTRACT_SCHEMA` or `CONTRACT_EXAMPLE`, with every
 * issue and its path
 */
export function defineContract<
  const Name extends string,
  P extends PayloadSchema,
  C extends ConfigurationSchema,
  O extends OutputSchema,
>(spec: {
  readonly name: Name;
  readonly payload: P;
  readonly configuration: C;
  readonly output: O;
  readonly examples: readonly Example<NoInfer<P>, NoInfer<C>, NoInfer<O>>[];
}): Contract<Name, P, C, O> {
  const { name, payload, configuration, output, examples } = spec;
  const refuse = (
    code: 'CONTRACT_NAME' | 'CONTRACT_SCHEMA' | 'CONTRACT_EXAMPLE',
    found: Issue[],
  ) => {
    if (found.length > 0) throw new InvalidContract(code, String(name), found);
  };
  refuse('CONTRACT_NAME', checkName(name));
  refuse('CONTRACT_SCHEMA', [
    ...checkRoot(payload, 'payload', ['object']),
    ...checkRoot(configuration, 'configuration', ['object', 'union']),
    ...findUnrepresentable(payload, 'payload', 'open-root'),
    ...findUnrepresentable(configuration, 'configuration', 'strict'),
    ...findUnrepresentable(output, 'output', 'any'),
  ]);

  // Strict: a misspelt field beside `payload` would otherwise be dropped without a word.
  const input = z.strictObject({
    payload,
    configuration,
    NeedCallback: z.boolean().optional(),
    AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: z.string().optional(),
    runId: z.string().optional(),
  });
  const safeParse = (value: unknown, options?: ParseOptions): SafeParse<ContractInput<P, C>> => {
    const result = validate(input, value, options?.root);
    // The inferred type of a strict object over generic shapes does not reduce; it is this one.
    if (result.success) return { success: true, data: result.data as ContractInput<P, C> };
    const error = new ContractViolation(name, result.issues);
    return { success: false, issues: result.issues, error };
  };

  refuse('CONTRACT_EXAMPLE', checkExamples(examples, input, output));
  // Made when first read: a handler that only parses need not wait for it at its cold start.
  let described: ContractDocument | undefined;
  const document = () => (described ??= describe(name, payload, configuration, output));
  return Object.freeze({
    name,
    payload,
    configuration,
    output,
    examples,
    get hash() {
      return document().hash;
    },
    get document() {
      return document();
    },
    safeParse,
    parse(value: unknown, options?: ParseOptions) {
      const result = safeParse(value, options);
      if (!result.success) throw result.error;
      return result.data;
    },
  });
}

function checkRoot(schema: z.core.$ZodType, path: string, allowed: readonly string[]): Issue[] {
  const type = schema._zod.def.type;
  if (allowed.includes(type)) return [];
  return [{ path, message: `is an object at its root, not ${type}: the caller names its fields` }];
}

function checkExamples(
  examples: readonly Example[],
  input: z.core.$ZodType,
  output: z.core.$ZodType,
): Issue[] {
  if (examples.length === 0) {
    return [
      { path: 'examples', message: 'at least one example is needed: people and checks use it' },
    ];
  }
  return examples.flatMap(({ payload, configuration, output: answer }, index) => {
    const root = `examples[${index}]`;
    const sent = validate(input, { payload, configuration }, root);
    const answered = answer === undefined ? undefined : validate(output, answer, `${root}.output`);
    return [sent, answered].flatMap((result) => (result?.success === false ? result.issues : []));
  });
}

function describe(
  name: string,
  payload: z.core.$ZodType,
  configuration: z.core.$ZodType,
  output: z.core.$ZodType,
): ContractDocument {
  const schemas = {
    payload: toJsonSchema(payload, 'input'),
    configuration: toJsonSchema(configuration, 'input'),
    output: toJsonSchema(output, 'output'),
  };
  const hash = hashJson({
    name,
    payload: normaliseSchema(schemas.payload),
    configuration: normaliseSchema(schemas.configuration),
    output: normaliseSchema(schemas.output),
  });
  return { name, hash, ...schemas };
}
