import { defineContract } from '@harmony/contract';
import { Engine, TaskFailure, virtualClock } from '@harmony/engine';
import type { ExecutionResult, HistoryEvent, Json, TaskRequest } from '@harmony/engine';
import * as z from 'zod';
import type { Orchestration } from '../orchestration.ts';
import type { Outcome } from '../outcomes/index.ts';
import { readOutcomes } from '../outcomes/index.ts';
import type { Debug, StateMachineDefinition } from '@harmony/artifact';
import { renderOrchestrator } from '../render/render-orchestrator.ts';
import { stateMachineArn } from './children.ts';

/** A child that takes as long, and ends, as its configuration says. */
export const probe = defineContract({
  name: 'probe',
  payload: z.object({ account: z.string() }),
  configuration: z.strictObject({
    seconds: z.number().int().min(0).optional(),
    fail: z.string().optional(),
    link: z.string().optional(),
    value: z.unknown().optional(),
  }),
  output: z.object({
    link: z.string(),
    deep: z.object({ list: z.array(z.string()), maybe: z.string().optional() }),
  }),
  examples: [{ payload: { account: '1' }, configuration: {} }],
});

export const probePayload = z.object({
  account: z.string(),
  kind: z.string().optional(),
  from: z.iso.datetime({ offset: true }),
});

const PROBE = {
  QueryLanguage: 'JSONata',
  StartAt: 'Work',
  TimeoutSeconds: 600,
  States: {
    Work: {
      Type: 'Wait',
      Seconds:
        '{% $exists($states.input.configuration.seconds) ? $states.input.configuration.seconds : 1 %}',
      Next: 'How',
    },
    How: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $exists($states.input.configuration.fail) %}', Next: 'Fail' }],
      Default: 'Done',
    },
    Fail: {
      Type: 'Fail',
      Error: 'Own.Error',
      Cause: '{% $states.context.Execution.Input.configuration.fail %}',
    },
    Done: {
      Type: 'Succeed',
      Output: {
        link: "{% 'of ' & $states.context.Execution.Input.runId %}",
        deep: { list: ['x'] },
      },
    },
  },
};

export interface RunOptions {
  readonly input?: unknown;
  readonly debug?: Debug;
  /** How often starting a target's child is refused before it succeeds, and with which error. */
  readonly throttles?: Readonly<Record<string, { readonly times: number; readonly error: string }>>;
  /** More machines by child name. */
  readonly machines?: Readonly<Record<string, object>>;
}

export interface Ran {
  readonly definition: StateMachineDefinition;
  readonly result: ExecutionResult;
  readonly events: readonly HistoryEvent[];
  readonly outcomes: readonly Outcome[];
  /** Inputs of the children that ran, in the order of their start. */
  readonly children: readonly {
    readonly runId: string;
    readonly configuration: Json;
    readonly time: number;
  }[];
}

export const START = Date.parse('2026-01-31T06:00:00Z');

/** Runs the rendered orchestrator, and probes as its children, on a virtual clock. */
export async function runOrchestration(
  orchestration: Orchestration,
  options: RunOptions = {},
): Promise<Ran> {
  const { debug = {}, throttles = {}, machines = {} } = options;
  const definition = renderOrchestrator(orchestration, { debug, stateMachineArn });
  const own = stateMachineArn(orchestration.name);
  const events: HistoryEvent[] = [];
  const children: { runId: string; configuration: Json; time: number }[] = [];
  const refused = new Map<string, number>();
  const isThrottled = ({ input }: TaskRequest): boolean => {
    const { runId } = (input as { Input?: { runId?: string } }).Input ?? {};
    const id = runId?.split(':')[1] ?? '';
    const count = refused.get(id) ?? 0;
    if (count >= (throttles[id]?.times ?? 0)) return false;
    refused.set(id, count + 1);
    return true;
  };
  const engine = new Engine({
    clock: virtualClock(START),
    interceptTask: isThrottled,
    runTask: async ({ input }) => {
      const { runId = '' } = (input as { Input: { runId?: string } }).Input;
      throw new TaskFailure(
        throttles[runId.split(':')[1] ?? '']?.error ?? 'Unexpected',
        'slow down',
      );
    },
    onEvent: ({ stateMachineArn: arn, event }) => {
      if (arn === own) events.push(event);
      else if (event.type === 'ExecutionStarted') {
        const text = event['executionStartedEventDetails']?.['input'] as string;
        children.push({ ...JSON.parse(text), time: event.timestamp });
      }
    },
  });
  const roleArn = 'arn:aws:iam::123456789012:role/orchestrator';
  const all = { probe: PROBE, ...machines, [orchestration.name]: definition };
  for (const [name, machine] of Object.entries(all)) {
    const plain = JSON.parse(JSON.stringify(machine)) as Parameters<
      Engine['addStateMachine']
    >[0]['definition'];
    engine.addStateMachine({
      arn: stateMachineArn(name),
      name: `dev-${name}`,
      definition: plain,
      roleArn,
    });
  }
  const input = options.input ?? { payload: { account: '1', from: '2026-01-31T07:00:00Z' } };
  const execution = engine.startExecution({
    stateMachineArn: own,
    name: 'run',
    input: input as Json,
  });
  const result = await execution.result;
  return { definition, result, events, outcomes: readOutcomes({ definition, events }), children };
}
