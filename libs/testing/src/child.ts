import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly, type Stage } from '@harmony/assembly';
import { type StackBuilder, synthesise, testStage } from '@harmony/constructs';
import {
  findStateMachine,
  type LocalEvent,
  type LocalSystem,
  RunModel,
  startLocalSystem,
} from '@harmony/local';
import { replayRecords } from './replay-records.ts';
import { Reached } from './reached.ts';
import type { ChildRun, ServiceCall } from './child-run.ts';
import { tellFailure } from './tell-failure.ts';

/** What of a state machine a run may come by. */
export type ReachableKind = 'state' | 'rule' | 'catcher' | 'retrier' | 'branch' | 'expression';

export const workspaceRoot = join(import.meta.dirname, '../../..');

/** When every run starts on its own clock: what a child answers must not depend on the day. */
const startTime = new Date('2026-11-22T06:00:00Z');

/** URLs on this machine by service, as a Resource names it; `*` for every one that is not named. */
export type Services = Readonly<Record<string, string>>;

/** An assembly that holds one child alone, so that no other child's change re-runs its tests. */
export interface ChildUnderTest extends Disposable {
  /** As its contract has it. */
  readonly name: string;
  readonly stage: Stage;
  /**
   * Runs the whole child: its real definition and handlers, AWS's answers from a test case of its
   * mocks.json. The execution is named `run-1`.
   * @param services that really answer instead, e.g. `{ dynamodb: 'http://127.0.0.1:8000' }`
   */
  run(mocksCase: string, input: object, services?: Services): Promise<ChildRun>;
  /**
   * What of its definition no `run` of this test file has come by so far, as lines with their place:
   * `apps/x/workflow.asl.yaml:12:9: catcher Ask: Catch[0]`. `[]` is a coverage of 100 %.
   * @param kinds default: all
   */
  unreached(...kinds: readonly ReachableKind[]): string[];
  /**
   * Runs the histories that the child keeps, `apps/<child>/records/*.json`, through its definition,
   * each Task answered as it was then; its handlers do not run.
   * @returns lines of what is not the same any more; `[]` where all is
   * @throws where it keeps none, or one that cannot be read
   */
  replayRecords(): Promise<string[]>;
}

/**
 * Synthesises a CDK app with one child. Needs its bundles: `nx build <child>`.
 * @param build makes the child's construct in the given stack
 */
export async function synthesiseChild(name: string, build: StackBuilder): Promise<ChildUnderTest> {
  const outdir = mkdtempSync(join(tmpdir(), `${name}-`));
  synthesise({ outdir, stages: [testStage], stacks: { [name]: build } });
  const [stage] = (await readAssembly(outdir)).stages;
  if (stage === undefined) throw new Error(`${outdir} holds no stage`);
  const reached = await Reached.of(workspaceRoot, join(workspaceRoot, 'apps', name));
  return {
    name,
    stage,
    run: (...args) => runChild({ stage, name, reached }, ...args),
    replayRecords: () => replayRecords(stage, name, join(workspaceRoot, 'apps', name, 'records')),
    unreached: (...kinds) => reached.unreached(kinds.length === 0 ? undefined : kinds),
    [Symbol.dispose]: () => rmSync(outdir, { recursive: true, force: true }),
  };
}

interface Child {
  readonly stage: Stage;
  readonly name: string;
  readonly reached: Reached;
}

async function runChild(
  { stage, name, reached }: Child,
  mocksCase: string,
  input: object,
  awsEndpoints: Services = {},
): Promise<ChildRun> {
  const calls: ServiceCall[] = [];
  const { stateMachines: machines } = stage;
  const model = new RunModel({ machine: findStateMachine(stage, name), machines, workspaceRoot });
  await using system = await startLocalSystem({
    stage,
    workspaceRoot,
    clock: { startTime },
    mocksCase,
    awsEndpoints,
    onEvent: (event) => {
      model.apply(event);
      calls.push(...callsOf(event));
      if (event.code === 'MOCK_ANSWERED') {
        reached.counter.mock({ testCase: event.testCase, state: event.stateName });
      }
    },
    reachOf: () => reached.counter,
  });
  const report = await system.run(name, input as Parameters<LocalSystem['run']>[1], {
    executionName: 'run-1',
  });
  reached.save();
  const run = { ...report, failure: model.failedAt, calls };
  tellFailure(run, mocksCase);
  return run;
}

function callsOf(event: LocalEvent): ServiceCall[] {
  if (event.code !== 'HISTORY_RECORDED' || event.event.type !== 'TaskScheduled') return [];
  const details = event.event.taskScheduledEventDetails as
    { resourceType: string; resource: string; parameters: string } | undefined;
  if (details === undefined || details.resourceType === 'lambda') return [];
  return [
    {
      service: `${details.resourceType.replace('aws-sdk:', '')}:${details.resource}`,
      parameters: JSON.parse(details.parameters) as ServiceCall['parameters'],
    },
  ];
}
