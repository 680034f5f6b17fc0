import { Engine, InvalidDefinition, virtualClock } from '../src/index.ts';
import type { Json } from '../src/json.ts';
import { ours, theirs, type Outcome } from '../src/expressions/jsonata/same-as-jsonata.fixture.ts';
import { validateDefinition } from '../src/validate/definition.ts';
import { validateText } from '../src/validate/text.ts';

/** What was tried: small enough to be kept in a file and tried again. */
export type Case =
  | { readonly kind: 'expression'; readonly expression: string; readonly input: Json }
  | { readonly kind: 'definition'; readonly definition: Json; readonly input: Json }
  | { readonly kind: 'text'; readonly text: string; readonly path: string };

/** Real milliseconds that nothing may take: an expression has a second, a run a few of them. */
const patienceMs = 20_000;

/** What is wrong with how the engine takes a case; undefined where nothing is. */
export async function problemWith(tried: Case): Promise<string | undefined> {
  const began = performance.now();
  const problem = await checks[tried.kind](tried as never);
  const took = performance.now() - began;
  return problem ?? (took > patienceMs ? `took ${String(Math.round(took))} ms` : undefined);
}

const checks: {
  [Kind in Case['kind']]: (tried: Case & { kind: Kind }) => Promise<string | undefined>;
} = {
  async expression({ expression, input }) {
    const expected = await theirs(expression, input);
    let got: Outcome;
    try {
      got = ours(expression, input);
    } catch (fault) {
      return `threw ${String(fault)}`;
    }
    if ('failed' in expected && !/^[TD]/.test(expected.failed)) return undefined;
    // Both fail: which failure comes first depends on the order of evaluation.
    if ('failed' in expected && 'failed' in got) return undefined;
    const [one, other] = [JSON.stringify(expected), JSON.stringify(got)];
    return one === other ? undefined : `jsonata gives ${one}, the engine ${other}`;
  },

  async definition({ definition, input }) {
    const engine = new Engine({
      clock: virtualClock(0),
      runTask: ({ input: given }) => Promise.resolve({ given }),
      limits: { historyEvents: 2_000 },
    });
    const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:fuzz';
    const roleArn = 'arn:aws:iam::123456789012:role/fuzz';
    try {
      const refused = validateDefinition(definition).some(({ severity }) => severity === 'ERROR');
      engine.addStateMachine({ arn, name: 'fuzz', roleArn, definition: definition as never });
      if (refused) return 'is added although validation refuses it';
    } catch (fault) {
      return fault instanceof InvalidDefinition ? undefined : `threw ${String(fault)}`;
    }
    const { status, error, cause } = await engine.startExecution({ stateMachineArn: arn, input })
      .result;
    if (status === 'ABORTED') return `stalled: ${String(error)}: ${String(cause)}`;
    // The words of a fault of JavaScript: what it stands for should have been refused by name.
    return /is not a function|Cannot read|is not iterable|undefined \(reading/.test(cause ?? '')
      ? `fails by a fault of ours: ${String(cause)}`
      : undefined;
  },

  text({ text, path }) {
    try {
      validateText(text, { path });
      return Promise.resolve(undefined);
    } catch (fault) {
      return Promise.resolve(`threw ${String(fault)}`);
    }
  },
};
