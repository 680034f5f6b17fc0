import { describe, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import type {
  CallerConfiguration,
  CallerPayload,
  ChildInput,
  ChildOutput,
  ContractDocument,
} from './index.ts';
import { ContractViolation, defineContract, InvalidContract } from './index.ts';
import { sample } from './testing.ts';

const contract = defineContract(sample);
const [example] = sample.examples as [(typeof sample.examples)[number]];
const input = { payload: example.payload, configuration: example.configuration };

function refusal(define: () => unknown): InvalidContract {
  try {
    define();
  } catch (error) {
    if (error instanceof InvalidContract) return error;
    throw error;
  }
  throw new Error('the contract was accepted');
}

describe('types', () => {
  test('a caller may leave out what has a default, a child always has it', () => {
    type Configuration = CallerConfiguration<typeof contract>;
    expectTypeOf<Configuration['monthlyBudget']>().toEqualTypeOf<{
      amount: number;
      currency?: string | undefined;
    }>();
    type Input = ChildInput<typeof contract>;
    expectTypeOf<Input['configuration']['monthlyBudget']>().toEqualTypeOf<{
      amount: number;
      currency: string;
    }>();
    expectTypeOf<Input['runId']>().toEqualTypeOf<string | undefined>();
  });

  test('payload and output are those of the schemas, and the name is a literal', () => {
    expectTypeOf<CallerPayload<typeof contract>['period']>().toEqualTypeOf<{
      start: string;
      end: string;
    }>();
    expectTypeOf<ChildOutput<typeof contract>>().toEqualTypeOf<{
      spend: number;
      breached: number[];
    }>();
    expectTypeOf(contract.name).toEqualTypeOf<'billing-alerts'>();
    expectTypeOf(contract.document).toEqualTypeOf<ContractDocument>();
  });

  test('an example of the wrong shape does not compile', () => {
    const define = () =>
      defineContract({
        ...sample,
        // @ts-expect-error basis is an enumeration, and the example is checked at run time too
        examples: [{ ...example, configuration: { ...example.configuration, basis: 'guess' } }],
      });
    expect(refusal(define).code).toBe('CONTRACT_EXAMPLE');
  });
});

describe('parse', () => {
  test('returns the output form, with defaults and without payload fields of other children', () => {
    const parsed = contract.parse({
      ...input,
      payload: { ...example.payload, region: 'eu-west-1' },
      runId: 'run-1:billing',
      NeedCallback: false,
      AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'arn:aws:states:eu-west-1:1:execution:a:b',
    });
    expect(parsed).toEqual({
      payload: example.payload,
      configuration: {
        ...example.configuration,
        monthlyBudget: { amount: 100, currency: 'USD' },
      },
      runId: 'run-1:billing',
      NeedCallback: false,
      AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'arn:aws:states:eu-west-1:1:execution:a:b',
    });
  });

  test('names every issue by the path that the caller wrote', () => {
    const result = contract.safeParse(
      {
        payload: { account: '12', period: { start: '2026-10-01' } },
        configuration: {
          basis: 'guess',
          monthlyBudget: { amount: 'much', 'cost-centre': 1 },
          thresholds: [80, '90'],
        },
      },
      { root: 'targets["billing-alerts-eu"]' },
    );
    expect(result.success || result.issues.map(({ path }) => path)).toEqual([
      'targets["billing-alerts-eu"].payload.account',
      'targets["billing-alerts-eu"].payload.period.end',
      'targets["billing-alerts-eu"].configuration.basis',
      'targets["billing-alerts-eu"].configuration.monthlyBudget.amount',
      'targets["billing-alerts-eu"].configuration.monthlyBudget["cost-centre"]',
      'targets["billing-alerts-eu"].configuration.thresholds[1]',
    ]);
    expect(result.success || result.issues.map(({ message }) => message)).toEqual([
      'invalid string: must match pattern /^\\d{12}$/, got "12"',
      'missing: expected string',
      'expected one of "actual", "forecast", got "guess"',
      'expected number, got "much"',
      'unknown field: the schema is strict and does not name it',
      'expected number, got "90"',
    ]);
  });

  test('throws a ContractViolation, the name that state machines know', () => {
    const act = () => contract.parse({ payload: example.payload });
    expect(act).toThrow(ContractViolation);
    expect(act).toThrow('configuration: missing: expected object');
    expect(new ContractViolation('x', [])).toMatchObject({
      name: 'ContractViolation',
      code: 'CONTRACT_VIOLATION',
    });
  });

  test('refuses a field beside payload and configuration that nobody adds', () => {
    expect(() => contract.parse({ ...input, runid: 'x' })).toThrow('runid: unknown field');
  });

  test.each([undefined, null, 3, 'text', []])('refuses %j as a whole input', (value) => {
    expect(() => contract.parse(value)).toThrow(ContractViolation);
  });
});

describe('the document', () => {
  test('is JSON Schema 2020-12, input side for callers and output side for answers', () => {
    const { document } = contract;
    expect(document.configuration).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      required: ['basis', 'monthlyBudget', 'thresholds'],
      additionalProperties: false,
      properties: { monthlyBudget: { required: ['amount'], additionalProperties: false } },
    });
    expect(document.payload).not.toHaveProperty('additionalProperties');
    expect(document.output).toMatchObject({ required: ['spend', 'breached'] });
    const withDefault = defineContract({
      ...sample,
      output: z.object({ spend: z.number(), note: z.string().default('') }),
      examples: [input],
    });
    expect(withDefault.document.output).toMatchObject({ required: ['spend', 'note'] });
  });

  test('is JSON: it survives a round trip', () => {
    expect(JSON.parse(JSON.stringify(contract.document))).toEqual(contract.document);
  });

  test('says formats by their pattern alone, which is what Zod checks', () => {
    expect(JSON.stringify(contract.document)).not.toContain('"format"');
  });
});

describe('the hash', () => {
  const hashWith = (change: Partial<typeof sample>) =>
    defineContract({ ...sample, ...change }).hash;

  test('is the same whatever the order of fields, the descriptions and the examples', () => {
    const { basis, monthlyBudget, thresholds } = sample.configuration.shape;
    const reordered = z.strictObject({
      thresholds: thresholds.describe('percentages'),
      monthlyBudget,
      basis,
    });
    expect(hashWith({ configuration: reordered as never })).toBe(contract.hash);
    expect(hashWith({ examples: [...sample.examples, ...sample.examples] })).toBe(contract.hash);
  });

  test('changes with a bound, a default, a requirement and the name', () => {
    const { shape } = sample.configuration;
    const hashes = [
      contract.hash,
      hashWith({ name: 'billing-alerts-v2' as never }),
      hashWith({ configuration: sample.configuration.partial({ thresholds: true }) as never }),
      hashWith({
        configuration: z.strictObject({ ...shape, thresholds: shape.thresholds.max(9) }),
      }),
      hashWith({
        configuration: z.strictObject({ ...shape, basis: shape.basis.default('actual') }) as never,
      }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('does not depend on the order in which recursive definitions are met', () => {
    const Tree = z.strictObject({
      get children() {
        return z.array(Tree).optional();
      },
    });
    const List = z.strictObject({
      get next() {
        return List.optional();
      },
    });
    const hash = (configuration: z.ZodType) =>
      defineContract({
        ...sample,
        configuration,
        examples: [{ payload: example.payload, configuration: { tree: {}, list: {} } }],
      }).hash;
    expect(hash(z.strictObject({ tree: Tree, list: List }))).toBe(
      hash(z.strictObject({ list: List, tree: Tree })),
    );
  });
});

describe('definition', () => {
  test('refuses an example that the schemas refuse, with its path', () => {
    const wrong = { ...example, output: { spend: 1, breached: ['80'] } };
    const error = refusal(() => defineContract({ ...sample, examples: [wrong as never] }));
    expect(error.code).toBe('CONTRACT_EXAMPLE');
    expect(error.issues[0]?.path).toBe('examples[0].output.breached[0]');
  });

  test('asks for at least one example', () => {
    expect(refusal(() => defineContract({ ...sample, examples: [] })).issues[0]?.path).toBe(
      'examples',
    );
  });

  test.each(['billing alerts', 'billing_alerts', '1st', '', 'a/b', 'a'.repeat(64)])(
    'refuses the name %j',
    (name) => {
      const error = refusal(() => defineContract({ ...sample, name: name as never }));
      expect(error).toMatchObject({ code: 'CONTRACT_NAME', issues: [{ path: 'name' }] });
    },
  );

  test('takes a name of 63 characters: 80 with the longest stage prefix', () => {
    expect(defineContract({ ...sample, name: 'a'.repeat(63) }).name).toHaveLength(63);
  });

  test('refuses a payload or a configuration that is no object', () => {
    const payload = refusal(() =>
      defineContract({ ...sample, payload: z.string() as never, examples: [] }),
    );
    expect(payload.issues[0]?.path).toBe('payload');
    const configuration = refusal(() =>
      defineContract({ ...sample, configuration: z.array(z.string()) as never, examples: [] }),
    );
    expect(configuration.issues[0]?.path).toBe('configuration');
  });
});
