import { describe, expect, it, vi } from 'vitest';
import { testFolder, testFunction } from '../testing/functions.ts';
import { invoke as call, messageOf, typeOf } from '../testing/invoke.ts';
import { FunctionPool } from './function-pool.ts';

describe('a handler', () => {
  it('gets its event and answers with its result', async () => {
    const { results } = await call(
      'export const handler = async (event) => ({ doubled: event.value * 2 });',
      [{ value: 21 }],
    );
    expect(results).toEqual([{ doubled: 42 }]);
  });

  it('may be a CommonJS module with nested exports', async () => {
    const { results } = await call('exports.read = { now: () => "ok" };', [{}], {
      file: 'main.cjs',
      handler: 'main.read.now',
    });
    expect(results).toEqual(['ok']);
  });

  it('answers null when it returns nothing', async () => {
    expect((await call('export const handler = async () => {};')).results).toEqual([null]);
  });

  it('keeps its state from one invocation to the next, in one environment', async () => {
    const { results } = await call('let count = 0; export const handler = async () => ++count;', [
      {},
      {},
      {},
    ]);
    expect(results).toEqual([1, 2, 3]);
  });

  it('sees the environment and context of Lambda, and nothing of this process', async () => {
    process.env.HARMONY_TEST_SECRET = 'host';
    const { results } = await call(
      `export const handler = async (event, context) => ({
        env: process.env, secret: process.env.HARMONY_TEST_SECRET ?? null,
        context, remaining: context.getRemainingTimeInMillis() });`,
      [{}],
      { environment: { SENSOR: 'hall', AWS_REGION: 'moon-1' } },
    );
    delete process.env.HARMONY_TEST_SECRET;
    const seen = results[0] as Record<string, Record<string, string>>;
    expect(seen.secret).toBeNull();
    expect(seen.env).toMatchObject({
      SENSOR: 'hall',
      AWS_REGION: 'us-east-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: 'dev-thermostat-read',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/dev-thermostat-read',
      _HANDLER: 'index.handler',
      TZ: ':UTC',
    });
    expect(seen.context).toMatchObject({
      awsRequestId: 'request-0',
      functionName: 'dev-thermostat-read',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:dev-thermostat-read',
      memoryLimitInMB: '256',
    });
    expect(seen.remaining).toBeGreaterThan(0);
    expect(seen.remaining).toBeLessThanOrEqual(30_000);
  });

  it('is in UTC, wherever the machine is', async () => {
    const before = process.env.TZ;
    process.env.TZ = 'Pacific/Kiritimati';
    const { results } = await call(
      'export const handler = async () => new Date(2026, 0, 1).toISOString();',
    );
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
    expect(results).toEqual(['2026-01-01T00:00:00.000Z']);
  });

  it('starts in the folder of its code', async () => {
    const { results } = await call(
      'export const handler = async () => process.cwd() === process.env.LAMBDA_TASK_ROOT;',
    );
    expect(results).toEqual([true]);
  });

  it('stands still between invocations, with what it has left running', async () => {
    await using folder = await testFolder({
      'index.mjs': `
        let late = 0;
        export const handler = async () => {
          const seen = late;
          setTimeout(() => (late += 1), 200);
          return seen;
        };`,
    });
    const fn = testFunction(folder.path);
    await using pool = new FunctionPool({ region: 'us-east-1', log: () => {} });
    const { signal } = new AbortController();
    const first = await pool.invoke(fn, { requestId: 'first', eventJson: '{}' }, signal);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const second = await pool.invoke(fn, { requestId: 'second', eventJson: '{}' }, signal);
    expect([first, second]).toEqual(Array(2).fill({ kind: 'response', json: '0' }));
  });

  it('is loaded once when it is warmed ahead of its first invocation', async () => {
    await using folder = await testFolder({
      'index.mjs': `console.log('loading'); export const handler = async () => 'warm';`,
    });
    const fn = testFunction(folder.path);
    const logs: { readonly text: string; readonly requestId?: string }[] = [];
    await using pool = new FunctionPool({
      region: 'us-east-1',
      log: (_fn, line) => logs.push(line),
    });
    pool.warm(fn);
    pool.warm(fn);
    await vi.waitFor(() => expect(logs).toHaveLength(1), { timeout: 20_000 });
    const { signal } = new AbortController();
    const result = await pool.invoke(fn, { requestId: 'r', eventJson: '{}' }, signal);
    expect(result).toEqual({ kind: 'response', json: '"warm"' });
    // No request's: Lambda initialises early, too.
    expect(logs).toEqual([{ stream: 'stdout', text: 'loading' }]);
  });

  it('runs in several environments at once', async () => {
    await using folder = await testFolder({
      'index.mjs': `
        let calls = 0;
        export const handler = async () => {
          calls += 1;
          await new Promise((resolve) => setTimeout(resolve, 300));
          return calls;
        };`,
    });
    const fn = testFunction(folder.path);
    await using pool = new FunctionPool({ region: 'us-east-1', log: () => {} });
    const { signal } = new AbortController();
    const results = await Promise.all(
      [0, 1, 2].map((n) => pool.invoke(fn, { requestId: `r${n}`, eventJson: '{}' }, signal)),
    );
    // One that was shared would have counted a second call.
    expect(results).toEqual(Array(3).fill({ kind: 'response', json: '1' }));
  });
});

describe('a failure of a handler', () => {
  it('has the thrown error’s name, message and trace', async () => {
    const { results } = await call(`
      class OverBudget extends Error { name = 'OverBudget'; }
      export const handler = async () => { throw new OverBudget('spent 12 of 10'); };`);
    expect(results[0]).toMatchObject({ errorType: 'OverBudget', errorMessage: 'spent 12 of 10' });
    expect((results[0] as { trace: string[] }).trace[0]).toBe('OverBudget: spent 12 of 10');
  });

  it.each([
    ['a string', 'throw "no";', { errorType: 'string', errorMessage: 'no', trace: [] }],
    ['an object', 'throw { a: 1 };', { errorType: 'object', errorMessage: '[object Object]' }],
    ['undefined', 'throw undefined;', { errorType: 'undefined', errorMessage: 'undefined' }],
  ])('names the type when it threw %s', async (_what, statement, payload) => {
    const { results } = await call(`export const handler = async () => { ${statement} };`);
    expect(results[0]).toMatchObject(payload);
  });

  it('leaves the environment warm', async () => {
    const { results } = await call(
      'let n = 0; export const handler = async () => { n += 1; if (n === 1) throw new Error("x"); return n; };',
      [{}, {}],
    );
    expect(results[1]).toBe(2);
  });

  it.each([
    ['a missing file', 'export {};', { handler: 'other.handler' }, 'Runtime.ImportModuleError'],
    ['a missing export', 'export {};', {}, 'Runtime.HandlerNotFound'],
    ['an export that is no function', 'export const handler = 1;', {}, 'Runtime.HandlerNotFound'],
    ['a bad handler name', 'export {};', { handler: 'index' }, 'Runtime.MalformedHandlerName'],
    ['a syntax error', 'export const handler = (;', {}, 'Runtime.UserCodeSyntaxError'],
    [
      'a package that only this machine has',
      'import "vitest"; export const handler = () => 1;',
      {},
      'Runtime.ImportModuleError',
    ],
    [
      'a callback, which Node.js 24 on Lambda refuses',
      'export const handler = (event, context, done) => done(null, 1);',
      {},
      'Runtime.CallbackHandlerDeprecated',
    ],
  ])('says so for %s', async (_what, source, changes, errorType) => {
    const { results } = await call(source, [{}], changes);
    expect(typeOf(results[0])).toBe(errorType);
  });

  it('while loading is the error that was thrown, on each invocation', async () => {
    const { results } = await call('throw new RangeError("no sensor");', [{}, {}]);
    expect(results.map(typeOf)).toEqual(['RangeError', 'RangeError']);
  });

  it('that calls back on Node.js 22 still works', async () => {
    const { results } = await call(
      'export const handler = (event, context, done) => done(null, "called");',
      [{}],
      { runtime: 'nodejs22.x' },
    );
    expect(results).toEqual(['called']);
  });

  it('that never answers is a timeout, and the next invocation starts afresh', async () => {
    const { results, logs } = await call(
      `let n = 0;
       export const handler = async (event) => {
         n += 1;
         console.log('before');
         if (event.stuck) await new Promise(() => {});
         return n;
       };`,
      [{ stuck: true }, { stuck: false }],
      { timeoutSeconds: 1 },
    );
    expect(results[0]).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: request-0 Error: Task timed out after 1.00 seconds',
    });
    expect(results[1]).toBe(1);
    expect(logs.map(({ text }) => text)).toEqual(['before', 'before']);
  });

  it('that loops for ever is a timeout too', async () => {
    const { results } = await call('export const handler = () => { for (;;); };', [{}], {
      timeoutSeconds: 1,
    });
    expect(typeOf(results[0])).toBe('Sandbox.Timedout');
  });

  it.each([
    [1, 'Runtime exited with error: exit status 1'],
    [0, 'Runtime exited without providing a reason'],
  ])('that exits with status %s is an exit of the runtime', async (status, reason) => {
    const { results } = await call(
      `export const handler = async (event) => { if (event.exit) process.exit(${status}); return 'new'; };`,
      [{ exit: true }, {}],
    );
    expect(results).toEqual([
      { errorType: 'Runtime.ExitError', errorMessage: `RequestId: request-0 Error: ${reason}` },
      'new',
    ]);
  });

  it('outside its promise ends the environment with that error', async () => {
    const { results } = await call(
      `export const handler = () => new Promise(() => { setTimeout(() => { throw new TypeError('late'); }, 1); });`,
    );
    expect(results[0]).toMatchObject({ errorType: 'TypeError', errorMessage: 'late' });
  });

  it('in a promise that nobody handles has Lambda’s name for it', async () => {
    const { results } = await call(
      `export const handler = () => new Promise(() => { void Promise.reject(new Error('lost')); });`,
    );
    expect(results[0]).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: lost',
    });
  });

  it('to give JSON is a failure of the response', async () => {
    const { results } = await call('export const handler = async () => ({ big: 1n });');
    expect(messageOf(results[0])).toBe('Unable to stringify response body');
  });

  it('to stay under 6 MB is a failure of the response', async () => {
    const { results } = await call('export const handler = async () => "x".repeat(7_000_000);');
    expect(typeOf(results[0])).toBe('Function.ResponseSizeTooLarge');
  });

  it('to stay within its memory ends only its own environment', async () => {
    const { results } = await call(
      `export const handler = async (event) => {
         const kept = [];
         while (event.greedy) kept.push(new Array(100_000).fill({}));
         return 'modest';
       };`,
      [{ greedy: true }, {}],
      { memoryMb: 64 },
    );
    expect(typeOf(results[0])).toBe('Runtime.ExitError');
    expect(results[1]).toBe('modest');
  });
});

describe('logs', () => {
  it('come as lines with their request, also the last one without an end', async () => {
    const { logs } = await call(
      `console.log('loading');
       export const handler = async () => {
         console.log('one\\ntwo');
         process.stderr.write('three');
       };`,
    );
    expect(logs).toEqual([
      { stream: 'stdout', text: 'loading', requestId: 'request-0' },
      { stream: 'stdout', text: 'one', requestId: 'request-0' },
      { stream: 'stdout', text: 'two', requestId: 'request-0' },
      { stream: 'stderr', text: 'three', requestId: 'request-0' },
    ]);
  });

  it('are not lost when the handler exits the process', async () => {
    const { logs } = await call(
      `export const handler = async () => { console.log('last words'); process.exit(1); };`,
    );
    expect(logs.map(({ text }) => text)).toEqual(['last words']);
  });
});

describe('an abort', () => {
  it('ends the invocation and its environment', async () => {
    await using folder = await testFolder({
      'index.mjs': 'export const handler = () => new Promise(() => {});',
    });
    const abort = new AbortController();
    await using pool = new FunctionPool({ region: 'us-east-1', log: () => {} });
    const invoked = pool.invoke(
      testFunction(folder.path),
      { requestId: 'r', eventJson: '{}' },
      abort.signal,
    );
    abort.abort(new Error('no longer wanted'));
    await expect(invoked).rejects.toThrow('no longer wanted');
  });
});
