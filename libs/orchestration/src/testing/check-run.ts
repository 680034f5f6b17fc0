import { readOrchestrator } from '@harmony/artifact';
import assert from 'node:assert/strict';
import { runCost } from '../budget/index.ts';
import { outputSchema } from '../contract-of.ts';
import type { Outcome } from '../outcomes/index.ts';
import { OUTCOME_STATUSES } from '../outcomes/outcome.ts';
import type { Expected } from './expectation.ts';
import { expectationOf, waitsFor } from './expectation.ts';
import type { Ran } from './run.ts';
import { runOrchestration } from './run.ts';
import type { Scenario } from './scenario.ts';
import { idOf, optionsOf, orchestrationOf } from './scenario.ts';

const isFailure = (status: string | undefined) =>
  status === 'FAILED' || status === 'TIMED_OUT' || status === 'ABORTED';

/** Runs a scenario and holds the run to every rule. @throws AssertionError for the first broken one */
export async function checkScenario(scenario: Scenario, { twice = false } = {}): Promise<Ran> {
  const orchestration = orchestrationOf(scenario);
  const options = optionsOf(scenario);
  const ran = await runOrchestration(orchestration, options);
  const expected = expectationOf(scenario);
  assert.deepEqual(
    ran.outcomes.map(({ id }) => id),
    scenario.roles.map((_, at) => idOf(at)),
  );
  checkChildren(scenario, ran);
  checkOrder(scenario, ran.outcomes);
  const cutShort =
    scenario.onTargetFailure === 'abort' && expected.some(({ status }) => isFailure(status));
  if (cutShort) checkAbort(ran, expected);
  else {
    checkOutcomes(ran, expected);
    checkEnd(scenario, ran, expected);
    checkCost(scenario, ran);
  }
  if (ran.result.status === 'SUCCEEDED') {
    const { error } = outputSchema(orchestration.targets).safeParse(ran.result.output);
    assert.equal(error, undefined);
  }
  if (twice) assert.deepEqual((await runOrchestration(orchestration, options)).events, ran.events);
  return ran;
}

function checkOutcomes({ outcomes }: Ran, expected: readonly Expected[]): void {
  const seen = outcomes.map(({ status, attempts, reason, dependency }, at) => ({
    status,
    ...(attempts === undefined ? {} : { attempts }),
    ...(expected[at]?.reason === undefined ? {} : { reason }),
    // Any dependency that did not succeed may be the one that is named.
    ...(dependency === undefined ? {} : { dependency: expected[at]?.dependency }),
  }));
  assert.deepEqual(seen, expected);
}

/** A child is started as often as the policy says, less the starts that were refused. */
function checkChildren({ roles }: Scenario, { outcomes, children }: Ran): void {
  outcomes.forEach(({ id, attempts = 0, status }, at) => {
    const started = children.filter(({ runId }) => runId === `run:${id}`).length;
    const refused = Math.min(attempts, roles[at]?.throttles ?? 0);
    if (status === 'ABORTED') assert.ok(started <= attempts);
    else assert.equal(started, attempts - refused);
  });
}

function checkOrder({ roles }: Scenario, outcomes: readonly Outcome[]): void {
  roles.forEach((role, at) => {
    const start = outcomes[at]?.startDate;
    if (start === undefined) return;
    for (const other of waitsFor(role)) {
      const before = outcomes[other];
      assert.equal(before?.status, 'SUCCEEDED');
      assert.ok(
        (before?.stopDate ?? '~') <= start,
        `${idOf(at)} began before ${idOf(other)} ended`,
      );
    }
  });
}

/** Nothing starts after the first failure; what was under way is aborted, the rest not started. */
function checkAbort({ result, outcomes, children }: Ran, expected: readonly Expected[]): void {
  assert.equal(result.status, 'FAILED');
  const failed = outcomes.filter(({ status }) => status === 'FAILED' || status === 'TIMED_OUT');
  assert.ok(failed.length > 0);
  const end = Math.min(...failed.map(({ stopDate }) => Date.parse(stopDate ?? '')));
  for (const { time } of children) assert.ok(time <= end);
  outcomes.forEach(({ status }, at) => {
    const fine = [expected[at]?.status, 'ABORTED', 'NOT_STARTED'];
    assert.ok(fine.includes(status), `${idOf(at)} is ${status}, not ${fine.join(' or ')}`);
  });
}

function checkEnd(
  { onTargetFailure }: Scenario,
  { result, outcomes }: Ran,
  expected: readonly Expected[],
): void {
  const failed = expected.filter(({ status }) => isFailure(status)).length;
  if (onTargetFailure === 'failAtEnd' && failed > 0) {
    assert.equal(result.error, 'TargetsFailed');
    assert.match(
      result.cause ?? '',
      new RegExp(`^${failed} of ${expected.length} targets failed: `),
    );
    return;
  }
  assert.equal(result.status, 'SUCCEEDED');
  const output = result.output as unknown as {
    outcomes: Outcome[];
    counts: Record<string, number>;
  };
  const ofHistory = new Map(outcomes.map(({ id, status, error }) => [id, { status, error }]));
  assert.equal(output.outcomes.length, expected.length);
  for (const { id, status, error } of output.outcomes) {
    assert.deepEqual({ status, error }, ofHistory.get(id));
  }
  for (const status of OUTCOME_STATUSES) {
    const count = expected.filter((item) => item.status === status).length;
    assert.equal(output.counts[status], count, `count of ${status}`);
  }
}

/** Without throttles and retries the budget's figures are exact. */
function checkCost(scenario: Scenario, { definition, outcomes, events }: Ran): void {
  const { roles, debug } = scenario;
  if (roles.some(({ throttles }) => throttles > 0)) return;
  if (outcomes.some(({ attempts = 1 }) => attempts > 1)) return;
  const orchestrator = readOrchestrator(definition);
  // Which of the failed it was does not matter to the sum.
  let texts = events.filter(({ type, ...details }) => {
    const { name = '' } = (details.stateEnteredEventDetails ?? {}) as { name?: string };
    return type === 'PassStateEntered' && orchestrator.stateNamed(name)?.role === 'recordText';
  }).length;
  const cost = runCost(
    orchestrator,
    outcomes.map(({ status }, at) => ({
      ends: status === 'SUCCEEDED' ? 'succeeded' : isFailure(status) ? 'failed' : 'left out',
      causeIsText: isFailure(status) && texts-- > 0,
      delayed: (roles[at]?.delay ?? 0) > 0 && debug.skipDelays !== true,
    })),
  );
  const transitions = events.filter(({ type }) => type.endsWith('StateEntered')).length;
  assert.deepEqual(cost, { events: events.length, transitions });
}
