import { FORMAT } from '@harmony/artifact';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orchestrationOf, scenarios } from '../testing/scenario.ts';
import { stateMachineArn } from '../testing/children.ts';
import { renderOrchestrator } from './render-orchestrator.ts';

/** Every JSONata expression of a definition. */
function expressionsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('{%') ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(expressionsIn);
}

/** A group with an alternative in it, and after it what repeats it without a bound. */
const REPEATED_ALTERNATION = /\((?:[^()]|\([^()]*\))*\|(?:[^()]|\([^()]*\))*\)(?:[*+]|\{\d+,\})/;

test.each([
  [String.raw`/"(?:[^"]|\\.)*"/`, true],
  ['/(?:a|b)+/', true],
  ['/(?:Z|[+-][0-9]{2})$/', false],
  ['/a+(?:b|c)?/', false],
])('%s repeats an alternation: %s', (text, repeats) => {
  expect(REPEATED_ALTERNATION.test(text)).toBe(repeats);
});

test('no rendered expression repeats an alternation: an engine that recurses would run out of stack', () => {
  fc.assert(
    fc.property(scenarios, (drawn) => {
      const options = { debug: {}, stateMachineArn };
      const rendered = renderOrchestrator(orchestrationOf(drawn), options);
      const found = expressionsIn(rendered.States);
      expect([FORMAT, found.length > 10]).toEqual([2, true]);
      expect(found.filter((text) => REPEATED_ALTERNATION.test(text))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
