import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stacksWith, stageOf } from './testing/stage.ts';
import type { StackContent } from './content.ts';
import { planDeployment } from './plan-deployment.ts';
import type { Stack } from './stacks.ts';

const stage = stageOf('prod', ['audit', 'billing', 'tags'], {
  nightly: ['audit'],
  review: ['billing', 'audit'],
});
const there = (stacks: readonly Stack[]) =>
  new Map([['prod', new Map(stacks.map(({ name, content }) => [name, content]))]]);

const plan = (head: readonly Stack[], base: readonly Stack[]) =>
  planDeployment({
    stages: [{ name: 'prod', stacks: head }],
    since: { against: 'what prod runs', stages: there(base) },
  });
const waves = (...args: Parameters<typeof plan>) =>
  plan(...args).stages[0]?.waves.map((wave) => wave.map(({ selector }) => selector));

describe('which stacks differ', () => {
  it('none, where the templates are the same', () => {
    const { stages, removed } = plan(stacksWith(stage), stacksWith(stage));
    expect(stages[0]?.waves).toEqual([]);
    expect(stages[0]?.unaffected).toHaveLength(5);
    expect(removed).toEqual([]);
  });

  it('a child alone where its template alone changed, named by what changed in it', () => {
    const { stages } = plan(stacksWith(stage, { billing: 2 }), stacksWith(stage));
    expect(stages[0]?.waves.flat()).toEqual([
      expect.objectContaining({
        selector: 'prod/billing',
        differs: [{ change: 'changed', what: 'AWS::StepFunctions::StateMachine Workflow' }],
      }),
    ]);
  });

  it('going back differs as going forward does', () => {
    const [old, next] = [stacksWith(stage), stacksWith(stage, { billing: 2, review: 2 })];
    expect(waves(old, next)).toEqual(waves(next, old));
  });

  it('a child that was added and the orchestrator that now uses it', () => {
    const before = stageOf('prod', ['audit'], { nightly: ['audit'] });
    const after = stageOf('prod', ['audit', 'tags'], { nightly: ['audit', 'tags'] });
    const [head, base] = [stacksWith(after, { nightly: 2 }), stacksWith(before)];
    expect(waves(head, base)).toEqual([['prod/tags'], ['prod/nightly']]);
    expect(plan(head, base).stages[0]?.waves[0]?.[0]?.differs).toEqual([
      { change: 'added', what: 'the stack' },
    ]);
    // The other way round it is gone, and nothing is deployed for it.
    expect(plan(base, head).removed).toEqual([{ stage: 'prod', name: 'tags' }]);
  });

  it.each<[string, Partial<StackContent>, string]>([
    [
      'was rolled back',
      { unfinished: 'ROLLBACK_COMPLETE' },
      'the stack, which is in ROLLBACK_COMPLETE',
    ],
    ['is protected otherwise', { terminationProtection: true }, 'termination protection'],
    ['has other tags', { tags: { team: 'a' } }, 'tags'],
    ['is no JSON', { template: 'Resources: {}' }, 'AWS::StepFunctions::StateMachine Workflow'],
  ])('a stack with the same template that %s', (_title, content, what) => {
    const base = stacksWith(stage).map((stack) =>
      stack.name === 'tags' ? { ...stack, content: { ...stack.content, ...content } } : stack,
    );
    expect(plan(stacksWith(stage), base).stages[0]?.waves.flat()).toEqual([
      expect.objectContaining({ name: 'tags', differs: [expect.objectContaining({ what })] }),
    ]);
  });

  it('none for a new commit alone, which is a tag of each', () => {
    const tagged = (commit: string) =>
      stacksWith(stage).map((stack) => ({
        ...stack,
        content: { ...stack.content, tags: { team: 'a', commit } },
      }));
    expect(waves(tagged('new'), tagged('old'))).toEqual([]);
  });

  it('all of them, where there is nothing to compare with', () => {
    const { stages, against } = planDeployment({
      stages: [{ name: 'prod', stacks: stacksWith(stage) }],
    });
    expect(against).toBeUndefined();
    expect(stages[0]?.waves.map((wave) => wave.map(({ name }) => name))).toEqual([
      ['audit', 'billing', 'tags'],
      ['nightly', 'review'],
    ]);
  });
});

describe('in which order', () => {
  const all = (of: readonly Stack[]) =>
    planDeployment({ stages: [{ name: 'prod', stacks: of }] }).stages[0];

  it('an orchestration inside another goes before it, at any depth', () => {
    const nested = stageOf('prod', ['leaf'], {
      a: ['b', 'leaf'],
      b: ['c'],
      c: ['leaf'],
      onlyOrchestrations: ['a', 'b'],
    });
    const stages = all(stacksWith(nested));
    expect(stages?.waves.map((wave) => wave.map(({ name }) => name))).toEqual([
      ['leaf'],
      ['c'],
      ['b'],
      ['a'],
      ['onlyOrchestrations'],
    ]);
    expect(stages?.waves[4]?.[0]).toMatchObject({
      uses: ['a', 'b'],
      after: ['a', 'b', 'c', 'leaf'],
    });
  });

  it('through a stack that itself is not planned', () => {
    const nested = stageOf('prod', ['leaf'], { inner: ['leaf'], outer: ['inner'] });
    const { stages } = plan(stacksWith(nested, { leaf: 2, outer: 2 }), stacksWith(nested));
    expect(stages[0]?.waves.map((wave) => wave.map(({ name }) => name))).toEqual([
      ['leaf'],
      ['outer'],
    ]);
    expect(stages[0]?.waves[1]?.[0]?.after).toEqual(['leaf']);
  });

  it('what CDK says a stack depends on goes first', () => {
    const stacks = stacksWith(stage, {}, { 'prod-audit': ['prod-tags'] });
    expect(all(stacks)?.waves.map((wave) => wave.map(({ name }) => name))).toEqual([
      ['billing', 'tags'],
      ['audit'],
      ['nightly', 'review'],
    ]);
  });

  it('what holds no workflow goes before the workflows that may use what it makes', () => {
    const stacks = stacksWith(stage, {}, { 'prod-shared': [] });
    const first = all(stacks)?.waves.map((wave) => wave.map(({ name, kind }) => [name, kind]));
    expect(first?.[0]).toEqual([['shared', 'shared']]);
    expect(first?.[1]).toHaveLength(3);
  });

  it('two that start each other share a wave, and a sibling whose name starts alike is no use', () => {
    const circle = stageOf('prod', ['audit', 'audit-log'], { a: ['b', 'audit-log'], b: ['a'] });
    const stages = all(stacksWith(circle));
    expect(stages?.waves.map((wave) => wave.map(({ name }) => name))).toEqual([
      ['audit', 'audit-log'],
      ['a', 'b'],
    ]);
    expect(stages?.waves[1]?.[0]?.uses).toEqual(['audit-log', 'b']);
  });

  it('an alias or a version of a state machine is that state machine', () => {
    const aliased = stageOf('prod', ['audit'], { nightly: ['audit:v2'] });
    expect(stacksWith(aliased).find(({ name }) => name === 'nightly')?.uses).toEqual(['audit']);
  });

  it('in general: each planned stack once, after all that it uses', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(11), { maxLength: 4 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        (graph, changed) => {
          // Each uses only those before it: no circles.
          const orchestrators = Object.fromEntries(
            graph.map((uses, at) => [
              `o${at}`,
              at === 0 ? [] : [...new Set(uses.map((use) => `o${use % at}`))],
            ]),
          );
          const nested = stageOf('prod', [], orchestrators);
          const versions = Object.fromEntries(
            graph.map((_, at) => [`o${at}`, changed[at] ? 2 : 1]),
          );
          const { stages } = plan(stacksWith(nested, versions), stacksWith(nested));
          const planned = stages[0]?.waves.flat().map(({ name }) => name) ?? [];
          expect([...planned].sort()).toEqual(
            Object.keys(versions)
              .filter((name) => versions[name] === 2)
              .sort(),
          );
          const waveOf = (name: string) =>
            stages[0]?.waves.findIndex((wave) => wave.some((stack) => stack.name === name)) ?? -1;
          for (const stack of stages[0]?.waves.flat() ?? []) {
            for (const used of stack.after) expect(waveOf(used)).toBeLessThan(waveOf(stack.name));
            expect(stack.after).toEqual(
              expect.arrayContaining(stack.uses.filter((use) => planned.includes(use))),
            );
          }
        },
      ),
    );
  });
});
