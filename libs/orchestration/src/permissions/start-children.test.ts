import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INLINE_CHARACTERS, MANAGED_CHARACTERS } from './iam-limits.ts';
import { packStatements, policyCharacters } from './pack.ts';
import { LONGEST_PLACE, startPolicies } from './start-children.ts';

const names = (count: number, length: number) =>
  Array.from({ length: count }, (_, index) => `prod-${String(index).padStart(length - 5, 'c')}`);

describe('the policies of an orchestrator', () => {
  test.each([
    [10, 16, true, 1],
    [60, 16, false, 2],
    [150, 16, false, 5],
    [10, 40, true, 1],
    [60, 40, false, 3],
    [150, 40, false, 6],
  ])('of %i children with names of %i characters', (count, length, inline, policies) => {
    const found = startPolicies(names(count, length), LONGEST_PLACE);
    expect([found.inline, found.policies.length]).toEqual([inline, policies]);
    const most = Math.max(...found.policies.map(policyCharacters));
    expect(most).toBeLessThanOrEqual(inline ? INLINE_CHARACTERS : MANAGED_CHARACTERS);
  });

  test('name each state machine and its executions once, whatever policy they are in', () => {
    const machines = names(100, 30);
    const { policies } = startPolicies(machines, LONGEST_PLACE);
    for (const action of ['states:StartExecution', 'states:StopExecution']) {
      const resources = policies
        .flat()
        .filter(({ actions }) => actions.includes(action))
        .flatMap((statement) => statement.resources.map((arn) => arn.split(':')[6]));
      expect(resources).toEqual(machines);
    }
  });

  test('divide by the longest ARNs, and are written with those of the place', () => {
    const place = { partition: '<P>', region: '<R>', account: '<A>' };
    const { policies } = startPolicies(names(100, 30), place);
    expect(policies.length).toBe(startPolicies(names(100, 30), LONGEST_PLACE).policies.length);
    expect(policies.flat()[0]?.resources[0]).toMatch(/^arn:<P>:states:<R>:<A>:stateMachine:prod-/);
  });
});

test('packing keeps every action with its resources, within the limit', () => {
  const statement = fc.record({
    actions: fc.array(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 3 }),
    resources: fc.array(fc.string({ minLength: 1, maxLength: 60 }), {
      minLength: 1,
      maxLength: 40,
    }),
  });
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 6 }), (statements) => {
      const packed = packStatements(statements, 1_000);
      const flat = (list: typeof statements) =>
        list.flatMap(({ actions, resources }) =>
          resources.map((one) => JSON.stringify([actions, one])),
        );
      expect(flat(packed.flat() as typeof statements)).toEqual(flat(statements));
      for (const policy of packed) expect(policyCharacters(policy)).toBeLessThanOrEqual(1_000);
    }),
  );
});
