import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { realClock } from './real.ts';
import { virtualClock } from './virtual.ts';
import { arnOf, engineWith, machine } from '../testing/run.ts';

describe('virtualClock', () => {
  it('fires timers in the order of their times, equal ones in the order they were set', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.array(fc.nat(200)), (times, cancelled) => {
        const clock = virtualClock(0);
        const fired: number[] = [];
        const cancels = times.map((at, index) => clock.setTimer(at, () => fired.push(index)));
        const gone = new Set(cancelled.filter((index) => index < times.length));
        for (const index of gone) cancels[index]?.();
        while (clock.advance());
        const expected = times
          .map((at, index) => ({ at, index }))
          .filter(({ index }) => !gone.has(index))
          .sort((a, b) => a.at - b.at || a.index - b.index)
          .map(({ index }) => index);
        expect(fired).toEqual(expected);
      }),
    );
  });

  it('never goes back', () => {
    const clock = virtualClock(100);
    clock.setTimer(50, () => {});
    clock.advance();
    expect(clock.now()).toBe(100);
  });
});

describe('realClock', () => {
  it('runs an execution in real time', async () => {
    const { engine } = engineWith(
      machine({ W: { Type: 'Wait', TimestampPath: '$.until', End: true } }),
      { clock: realClock() },
    );
    const until = new Date(Date.now() + 30).toISOString();
    const execution = engine.startExecution({ stateMachineArn: arnOf('main'), input: { until } });
    const result = await execution.result;
    expect(result.status).toBe('SUCCEEDED');
    expect(result.stopDate).toBeGreaterThanOrEqual(Date.parse(until));
  });
});
