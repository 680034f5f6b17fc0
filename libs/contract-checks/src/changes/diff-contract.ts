import { validateJson } from '@harmony/assembly';
import type { ContractDocument } from '@harmony/contract';
import {
  diffSchemas,
  type SchemaChange,
  type Verdict,
  worst,
} from '@harmony/contract/compatibility';
import { compareSchemas } from '@harmony/contract/schema';
import type { TargetUse } from './uses.ts';

export type ContractPart = 'payload' | 'configuration' | 'output';

export interface ContractChange extends SchemaChange {
  readonly part: ContractPart;
  /** Why the verdict is another than that of the two schemas alone. */
  readonly decidedBy?: string;
}

/** A target of the workspace that the changed contract would break. */
export interface AffectedTarget {
  readonly stage: string;
  readonly orchestrator: string;
  readonly id: string;
  /** `configuration.thresholds`, `payload.account`. */
  readonly path: string;
  readonly reason: string;
}

export interface ContractDiff {
  readonly name: string;
  readonly verdict: Verdict;
  readonly changes: readonly ContractChange[];
  readonly targets: readonly AffectedTarget[];
}

/**
 * Compares two versions of one contract.
 *
 * Configuration and output are judged by their schemas. A payload is open by design, so that a new
 * optional field there refuses, strictly speaking, what some caller may send today: where
 * orchestrations of the workspace run the child, it is decided by what their payloads really send.
 */
export function diffContract(
  old: ContractDocument,
  next: ContractDocument,
  uses: readonly TargetUse[],
): ContractDiff {
  const changes = [
    ...payloadChanges(old, next, uses),
    ...diffSchemas(old.configuration, next.configuration, 'input').changes.map(
      (change): ContractChange => ({ ...change, part: 'configuration' }),
    ),
    ...diffSchemas(old.output, next.output, 'output').changes.map(outputChange),
  ];
  return {
    name: next.name,
    verdict: worst(changes),
    changes,
    targets: uses.flatMap((use) => affected(use, old, next)),
  };
}

function payloadChanges(
  old: ContractDocument,
  next: ContractDocument,
  uses: readonly TargetUse[],
): ContractChange[] {
  const { changes } = diffSchemas(old.payload, next.payload, 'input');
  if (uses.length === 0) return changes.map((change) => ({ ...change, part: 'payload' }));
  const refused = new Set(
    uses.flatMap(({ payload }) => sent(payload, next).map(({ pointer }) => pointer)),
  );
  const names = [...new Set(uses.map(({ orchestrator }) => orchestrator))].join(', ');
  return changes.map((change): ContractChange => {
    if (change.verdict === 'compatible' || hits(refused, change.pointer)) {
      return { ...change, part: 'payload' };
    }
    return decided(change, 'payload', `no payload of ${names} sends what is refused`);
  });
}

function sent(payload: TargetUse['payload'], { payload: to }: ContractDocument) {
  return compareSchemas({ from: payload, to, closedWorld: true });
}

/** Does a refused place lie at the pointer, above it or below it? */
function hits(refused: ReadonlySet<string>, pointer: string): boolean {
  return [...refused].some(
    (other) =>
      other === pointer || other.startsWith(`${pointer}/`) || pointer.startsWith(`${other}/`),
  );
}

/** A field more in an answer: the reader of an output takes the fields it knows. */
function outputChange(change: SchemaChange): ContractChange {
  if (change.verdict !== 'breaking' || change.rule !== 'additionalProperties') {
    return { ...change, part: 'output' };
  }
  return decided(change, 'output', 'orchestrations hand an output on and read no field of it');
}

/** A change that the schemas alone refuse and that breaks nobody here. */
function decided(change: SchemaChange, part: ContractPart, decidedBy: string): ContractChange {
  const { pointer, rule, message } = change;
  return { verdict: 'compatible', part, pointer, rule, message, decidedBy };
}

function affected(use: TargetUse, old: ContractDocument, next: ContractDocument): AffectedTarget[] {
  const { stage, orchestrator, id, configuration } = use;
  const place = { stage, orchestrator, id };
  const issues = (document: ContractDocument) =>
    validateJson({ schema: document.configuration, value: configuration, path: 'configuration' });
  const before = new Set(issues(old).map(({ path, message }) => `${path} ${message}`));
  const lacking = new Set(sent(use.payload, old).map(({ pointer, rule }) => `${pointer} ${rule}`));
  return [
    ...issues(next)
      .filter(({ path, message }) => !before.has(`${path} ${message}`))
      .map(({ path, message }) => ({ ...place, path, reason: message })),
    ...sent(use.payload, next)
      .filter(({ pointer, rule }) => !lacking.has(`${pointer} ${rule}`))
      .map(({ pointer, message }) => ({
        ...place,
        path: `payload${pointer.replaceAll('/', '.')}`,
        reason: message,
      })),
  ];
}
