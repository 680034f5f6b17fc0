import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TaskFailure, type HistoryEvent, type Json, type StateMachineDefinition } from './index.ts';
import { machines, smallInput } from './testing/machines.ts';
import { arnOf, engineWith, eventsOf, run, type TaskAnswer } from './testing/run.ts';

/** Fails the `at`-th call; the others answer with a number of their own. */
function failingAt(at: number): { task: TaskAnswer; calls: () => number } {
  let count = 0;
  return {
    calls: () => count,
    task: () => {
      if (++count === at) throw new TaskFailure('Broken');
      return { done: true };
    },
  };
}

const entered = (events: readonly HistoryEvent[]): HistoryEvent[] =>
  events.filter(({ type }) => type.endsWith('StateEntered'));
const count = (events: readonly HistoryEvent[], pattern: RegExp): number =>
  events.filter(({ type }) => pattern.test(type)).length;

const runFailing = async (definition: StateMachineDefinition, at: number) =>
  run(definition, { input: smallInput, task: failingAt(at).task });

describe('any small machine', () => {
  it('numbers its events from 1 without a gap, each pointing back', async () => {
    await fc.assert(
      fc.asyncProperty(machines, fc.integer({ min: 0, max: 6 }), async (definition, at) => {
        const { events } = await runFailing(definition, at);
        events.forEach(({ id, previousEventId }, index) => {
          expect(id).toBe(index + 1);
          expect(previousEventId).toBeLessThan(id);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('exits every state it entered, or the history says what became of it', async () => {
    await fc.assert(
      fc.asyncProperty(machines, fc.integer({ min: 0, max: 6 }), async (definition, at) => {
        const { result, events } = await runFailing(definition, at);
        const open = entered(events).length - count(events, /StateExited$/);
        if (result.status === 'SUCCEEDED') {
          expect(open).toBe(0);
          return;
        }
        // The failed Task, the Maps and Parallels around it, and what was aborted beside it. A Pass
        // beside it whose JSONata was being evaluated leaves no event: the service has no
        // PassStateAborted.
        const instant = /^PassState/;
        const own = events.filter(({ type }) => instant.test(type));
        const evaluating = entered(own).length - count(own, /StateExited$/);
        const around = count(events, /^(Map|Parallel)StateFailed$/);
        if (around === 0) expect(evaluating).toBe(0);
        expect(open).toBe(1 + around + count(events, /StateAborted$/) + evaluating);
      }),
      { numRuns: 80 },
    );
  });

  it('leads every Exited back to its own Entered', async () => {
    await fc.assert(
      fc.asyncProperty(machines, async (definition) => {
        const { events } = await runFailing(definition, 0);
        const byId = new Map(events.map((event) => [event.id, event]));
        for (const exited of events.filter(({ type }) => type.endsWith('StateExited'))) {
          const name = exited.stateExitedEventDetails?.['name'];
          let at: HistoryEvent | undefined = exited;
          while (at !== undefined && at.stateEnteredEventDetails?.['name'] !== name) {
            at = byId.get(at.previousEventId);
          }
          expect(at?.stateEnteredEventDetails?.['name']).toBe(name);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same history byte for byte for the same seed and answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        machines,
        fc.integer({ min: 0, max: 6 }),
        fc.nat(),
        async (definition, at, seed) => {
          const history = async (): Promise<string> => {
            const options = { input: smallInput, seed, task: failingAt(at).task };
            return JSON.stringify((await run(definition, options)).events);
          };
          expect(await history()).toBe(await history());
        },
      ),
      { numRuns: 30 },
    );
  });

  it('ends, redriven after a failure, as if it had never failed', async () => {
    await fc.assert(
      fc.asyncProperty(machines, fc.integer({ min: 1, max: 6 }), async (definition, at) => {
        const untouched = await runFailing(definition, 0);
        const { engine, all } = engineWith(definition, { task: failingAt(at).task });
        const execution = engine.startExecution({
          stateMachineArn: arnOf('main'),
          input: smallInput,
        });
        const first = await execution.result;
        if (first.status !== 'SUCCEEDED') execution.redrive();
        const last = await execution.result;
        expect(last).toMatchObject({
          status: 'SUCCEEDED',
          output: untouched.result.output as Json,
        });
        const ids = eventsOf(all, execution.arn).map(({ id }) => id);
        expect(ids).toEqual(ids.map((_, index) => index + 1));
      }),
      { numRuns: 80 },
    );
  });
});
