import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { checkInput, defineHandler, HandlerError } from './index.ts';

const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:prod-billing-alerts:run-1';
const parentArn = 'arn:aws:states:us-east-1:123456789012:execution:prod-account-review:nov';

function task(input: unknown, executionInput: unknown = input) {
  return {
    context: {
      Execution: { Id: executionArn, Name: 'run-1', Input: executionInput },
      StateMachine: { Id: 'arn:aws:states:…:prod-billing-alerts', Name: 'prod-billing-alerts' },
      State: { Name: 'Find breaches', EnteredTime: '2026-11-22T06:00:00.000Z', RetryCount: 0 },
    },
    input,
  };
}

describe('a handler', () => {
  let lines: Record<string, unknown>[] = [];
  beforeEach(() => {
    lines = [];
    // Powertools then writes to the global console, which a test can watch.
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    const record = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
    for (const method of ['info', 'error', 'warn', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation(record);
    }
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('computes from the input and the time at which the state was entered', async () => {
    const handler = defineHandler<{ amount: number }, string>(
      ({ input, now }) => `${input.amount} at ${now.toISOString()}`,
    );
    await expect(handler(task({ amount: 3 }))).resolves.toBe('3 at 2026-11-22T06:00:00.000Z');
  });

  it('gives the computation the type that the contract parses to', () => {
    const contract = { parse: (): { spend: number } => ({ spend: 1 }) };
    const handler = defineHandler({ contract }, ({ input }) => {
      expectTypeOf(input).toEqualTypeOf<{ spend: number }>();
      return input.spend;
    });
    expectTypeOf(handler).returns.resolves.toEqualTypeOf<number>();
  });

  it('puts workflow, state, execution, parent and runId on every line', async () => {
    const handler = defineHandler<unknown, undefined>(({ logger }) => {
      logger.info('from the computation');
    });
    const started = { runId: 'nov:actual', AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: parentArn };
    await handler(task({}, started));
    expect(lines.map((line) => line.message)).toEqual(['from the computation', 'done']);
    for (const line of lines) {
      expect(line).toMatchObject({
        workflow: 'prod-billing-alerts',
        state: 'Find breaches',
        executionArn,
        parentExecutionArn: parentArn,
        runId: 'nov:actual',
      });
    }
  });

  it('keeps the keys on every line of an execution that no orchestrator started', async () => {
    await defineHandler<unknown, null>(() => null)(task({}));
    expect(lines[0]).toMatchObject({ parentExecutionArn: 'none', runId: 'run-1' });
  });

  it('leaks no key of one invocation into the next of a warm environment', async () => {
    const handler = defineHandler<{ user?: string }, undefined>(({ input, logger }) => {
      if (input.user !== undefined) logger.appendKeys({ user: input.user });
    });
    await handler(task({ user: 'alice' }));
    await handler(task({}));
    await expect(handler({})).rejects.toThrow();
    expect(lines.map((line) => line.user)).toEqual(['alice', undefined, undefined]);
    expect(lines.map((line) => line.workflow)).toEqual([
      'prod-billing-alerts',
      'prod-billing-alerts',
      undefined,
    ]);
  });

  it('rejects with the error of the computation after logging it with the keys', async () => {
    const handler = defineHandler<unknown, never>(() => {
      throw new HandlerError('InvalidPeriod', 'payload.period.end is before its start');
    });
    await expect(handler(task({}))).rejects.toMatchObject({
      name: 'InvalidPeriod',
      code: 'InvalidPeriod',
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 'ERROR', state: 'Find breaches', executionArn });
  });

  it.each([
    ['no event', undefined, 'context.Execution.Id'],
    ['a bare input', { payload: {} }, 'context.Execution.Id'],
    [
      'a context without State',
      { context: { ...task({}).context, State: {} } },
      'context.State.Name',
    ],
    [
      'a time that is none',
      { context: { ...task({}).context, State: { Name: 'A', EnteredTime: 'soon' } } },
      'EnteredTime is "soon"',
    ],
  ])('names what the state machine did not pass: %s', async (_case, event, message) => {
    const handler = defineHandler<unknown, null>(() => null);
    await expect(handler(event)).rejects.toMatchObject({
      name: 'InvalidTaskEvent',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('checkInput', () => {
  it('returns what the contract parses, defaults included', async () => {
    const handler = checkInput({
      parse: (input) => ({ ...(input as { payload: string }), configuration: { basis: 'actual' } }),
    });
    await expect(handler(task({ payload: 'p' }))).resolves.toEqual({
      payload: 'p',
      configuration: { basis: 'actual' },
    });
  });
});
