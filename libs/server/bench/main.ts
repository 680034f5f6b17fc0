/**
 * nx bench server: the API as a client sees it. Processor time includes the client's own, in the
 * same process; latency is the clock's, so it is the machine's at this moment too.
 */
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Engine, virtualClock } from '@harmony/engine';
import { startServer } from '../src/index.ts';
import { arnOf, stageOf } from '../src/testing/server.ts';

const pass = (Next?: string) => ({
  Type: 'Pass',
  ...(Next === undefined ? { End: true } : { Next }),
});
const definition = { StartAt: 'A', States: { A: pass('B'), B: pass('C'), C: pass() } };
const stateMachineArn = arnOf('three');

const megabytes = (): number => Math.round(process.memoryUsage.rss() / 2 ** 20);
const idle = megabytes();
const began = performance.now();
let ended = 0;
await using server = await startServer({
  stage: stageOf({ three: definition }),
  workspaceRoot: import.meta.dirname,
  port: 0,
  file: ':memory:',
  onEvent: (event) => {
    if (event.code === 'HISTORY_RECORDED' && event.recorded.event.type === 'ExecutionSucceeded')
      ended++;
  },
});
console.log(
  `ready after ${Math.round(performance.now() - began)} ms (this process's modules loaded before)`,
);
const client = new SFNClient({
  endpoint: server.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
});
const start = () => client.send(new StartExecutionCommand({ stateMachineArn }));
await start();

/** Milliseconds until StartExecution was answered, `concurrent` at once. */
async function latencies(concurrent: number, count: number): Promise<number[]> {
  const taken: number[] = [];
  let left = count;
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const from = performance.now();
      await start();
      taken.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: concurrent }, worker));
  return taken.sort((a, b) => a - b);
}

const rows = [];
let started = 1;
for (const concurrent of [1, 50, 200]) {
  const count = concurrent === 1 ? 1000 : 4500;
  const from = performance.now();
  const sorted = await latencies(concurrent, count);
  started += count;
  while (ended < started) await new Promise((resolve) => setTimeout(resolve, 1));
  const seconds = (performance.now() - from) / 1000;
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  rows.push({
    'at once': concurrent,
    'executions a second': Math.round(count / seconds),
    'p50 ms': at(0.5),
    'p99 ms': at(0.99),
  });
}
console.table(rows);
console.log(`${started} executions: ${idle} MB before, ${megabytes()} MB after, none lost`);

// The engine alone, for what the API adds.
const engine = new Engine({
  clock: virtualClock(0),
  runTask: () => Promise.resolve(null),
  onEvent: () => {},
});
engine.addStateMachine({ arn: stateMachineArn, name: 'three', roleArn: 'r', definition });
const from = performance.now();
for (let n = 0; n < 10_000; n++) await engine.startExecution({ stateMachineArn }).result;
console.log(
  `the engine alone: ${Math.round(10_000_000 / (performance.now() - from))} executions a second`,
);
