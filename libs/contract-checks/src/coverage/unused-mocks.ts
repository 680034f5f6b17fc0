import { readDefinitionText } from '@harmony/engine/validate';
import { isObject } from '@harmony/schema';
import { below } from '../lint/scope.ts';
import type { UsedMock } from './record.ts';

/** An entry of a child's mocks that answered in none of its tests. */
export interface UnusedMock extends UsedMock {
  /** From the workspace's root. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * @param text of the mock configuration; one that cannot be read has no entries, which its tests told
 */
export function unusedMocks(
  child: string,
  { file, text }: { readonly file: string; readonly text: string },
  used: readonly UsedMock[],
): readonly UnusedMock[] {
  const { value, at } = readDefinitionText(text);
  const cases = ['StateMachines', child, 'TestCases'].reduce<unknown>(
    (from, key) => (isObject(from) ? from[key] : undefined),
    value,
  );
  const answered = new Set(used.map(({ testCase, state }) => JSON.stringify([testCase, state])));
  return Object.entries(isObject(cases) ? cases : {}).flatMap(([testCase, entries]) =>
    Object.keys(isObject(entries) ? entries : {})
      .filter((state) => !answered.has(JSON.stringify([testCase, state])))
      .map((state) => {
        const pointer = below('', 'StateMachines', child, 'TestCases', testCase, state);
        return { testCase, state, file, ...at(pointer) };
      }),
  );
}
