import { readOrchestrator, FORMAT, STATE, stateName } from '@harmony/artifact';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deployedDocument } from '../deployed-document.ts';
import { orchestrationOf, scenarios } from '../testing/scenario.ts';
import { stateMachineArn } from '../testing/children.ts';
import { renderOrchestrator } from './render-orchestrator.ts';

test('whatever is rendered is read back, each target with its condition, moment and policy', () => {
  fc.assert(
    fc.property(scenarios, (drawn) => {
      const orchestration = orchestrationOf(drawn);
      const rendered = renderOrchestrator(orchestration, { debug: {}, stateMachineArn });
      const read = readOrchestrator(JSON.parse(JSON.stringify(rendered)));
      expect(read.format).toBe(FORMAT);
      expect(read.timeout).toBe(orchestration.timeout);
      expect(read.targets.map(({ id }) => id)).toEqual(orchestration.targets.map(({ id }) => id));
      orchestration.targets.forEach(({ when, wave, retriers }, index) => {
        const target = read.targets[index];
        if (target === undefined) throw new Error('a target is lost');
        expect(read.conditions.get(target.when ?? '')).toBe(when);
        expect(target.wave ?? 1).toBe(wave);
        expect(read.retriersOf(target)).toEqual(retriers);
        const place = { wave, policy: target.retry ?? 0 };
        expect(read.stateNamed(stateName(STATE.execute, place))).toEqual({
          role: 'execute',
          ...place,
        });
      });
      const { targets } = deployedDocument(orchestration);
      expect(targets.map(({ id }) => id)).toEqual(read.targets.map(({ id }) => id));
    }),
    { numRuns: 50 },
  );
});
