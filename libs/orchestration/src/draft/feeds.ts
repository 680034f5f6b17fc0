import type { Contract } from '@harmony/contract';
import { compareSchemas } from '@harmony/schema/compare';
import type { Orchestration } from '../orchestration.ts';

/** Why a draft cannot be made, in the words of the rule that refuses it. */
export interface Refused {
  readonly refused: string;
}

/**
 * That the payload gives each of the children what it requires: what the compiler says of a written
 * orchestration, and the contract test of a rendered one.
 *
 * @throws Error with the field and the reason
 */
export function assertFeeds({ document }: Orchestration, contracts: readonly Contract[]): void {
  for (const { name, document: child } of contracts) {
    const [gap] = compareSchemas({
      from: document.payload,
      to: child.payload,
      closedWorld: true,
    });
    if (gap === undefined) continue;
    throw new Error(`payload${gap.pointer.replaceAll('/', '.')}: ${gap.message}, for ${name}.`);
  }
}

/** The first draft that no rule refuses, or what the rules say of the first. */
export function firstAccepted<Draft>(candidates: readonly (() => Draft)[]): Draft | Refused {
  let refused: Refused | undefined;
  for (const candidate of candidates) {
    try {
      return candidate();
    } catch (error) {
      refused ??= { refused: error instanceof Error ? error.message : String(error) };
    }
  }
  return refused ?? { refused: 'there is nothing to draft' };
}
