import type { RuleFinding } from '@harmony/artifact/rules';
import { formatPath } from '@harmony/schema/paths';
import type { FoundReference } from '../reference.ts';

/** What only a definition can say wrongly of a reference: the artifact knows no author's child. */
export function checkAuthored(
  found: FoundReference,
  childOf: (target: string) => string | undefined,
): RuleFinding[] {
  const path = formatPath(found.at, 'configuration');
  const finding = (reason: string): RuleFinding[] => [{ code: 'REFERENCE', path, reason }];
  const child = childOf(found.target);
  if (child !== undefined && child !== found.child) {
    const runs = `target "${found.target}" runs ${child}`;
    return finding(`outputOf expects the child ${found.child}, but ${runs}`);
  }
  if ([...found.path, ...found.at].some((key) => /[/~]/.test(key))) {
    return finding('a field name with "/" or "~" cannot be referred to');
  }
  return [];
}
