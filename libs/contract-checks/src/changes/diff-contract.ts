import type { ConfigurationFinding } from '@harmony/assembly';
import type { ContractDocument } from '@harmony/contract';
import { compareSchemas } from '@harmony/schema/compare';
import { diffSchemas, type SchemaChange, type Verdict, worst } from '@harmony/schema/compatibility';
import { findingsOn, type Serves } from '../concerned.ts';
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
  readonly verdict: 'breaking' | 'unknown';
  /** `configuration.thresholds`, `payload.account`. */
  readonly path: string;
  readonly reason: string;
}

/** The other contracts, before the change and after it; those of the assembly where one is missing. */
export interface OtherContracts {
  readonly base: Serves;
  readonly head: Serves;
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
 * A target that takes a value from the child's output is concerned as one that runs it.
 */
export function diffContract(
  old: ContractDocument,
  next: ContractDocument,
  uses: readonly TargetUse[],
  others: OtherContracts = { base: () => undefined, head: () => undefined },
): ContractDiff {
  const running = uses.filter(({ target }) => target.child === next.name);
  const configurations = uses.flatMap((use) =>
    brokenConfiguration(use, old, next, others).map((finding) => ({ use, finding })),
  );
  const targets = [
    ...configurations.map(({ use, finding: { verdict, path, reason } }) => ({
      ...placeOf(use),
      ...{ verdict, path, reason },
    })),
    ...running.flatMap((use) => brokenPayload(use, old, next)),
  ];
  const isTaken = configurations.some(({ finding }) => finding.code === 'REFERENCE');
  const changes = [
    ...payloadChanges(old, next, running),
    ...diffSchemas(old.configuration, next.configuration, 'input').changes.map(
      (change): ContractChange => ({ ...change, part: 'configuration' }),
    ),
    ...diffSchemas(old.output, next.output, 'output').changes.map((change) =>
      outputChange(change, isTaken),
    ),
  ];
  return { name: next.name, verdict: worst([...changes, ...targets]), changes, targets };
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

/** A field more in an answer: a reader takes the fields it names, unless one takes a whole object. */
function outputChange(change: SchemaChange, isTaken: boolean): ContractChange {
  if (change.verdict !== 'breaking' || change.rule !== 'additionalProperties' || isTaken) {
    return { ...change, part: 'output' };
  }
  return decided(
    change,
    'output',
    'no target is known that takes it; a reader reads what it names',
  );
}

/** A change that the schemas alone refuse and that breaks nobody here. */
function decided(change: SchemaChange, part: ContractPart, decidedBy: string): ContractChange {
  const { pointer, rule, message } = change;
  return { verdict: 'compatible', part, pointer, rule, message, decidedBy };
}

/**
 * Each contract is deployed alone, so it is tried among the others as they were, and as they will
 * be: what is wrong with the new version and was not with the old one, in either.
 */
function brokenConfiguration(
  use: TargetUse,
  old: ContractDocument,
  next: ContractDocument,
  others: OtherContracts,
): ConfigurationFinding[] {
  const { target, targets } = use;
  const findings = (document: ContractDocument, other: Serves) =>
    findingsOn(next.name, target, targets, (name) =>
      name === next.name ? document : (other(name) ?? use.serves(name)),
    );
  const broken = [others.base, others.head].flatMap((other) => {
    const before = new Set(findings(old, other).map(lineOf));
    return findings(next, other).filter((finding) => !before.has(lineOf(finding)));
  });
  return [...new Map(broken.map((finding) => [lineOf(finding), finding])).values()];
}

function placeOf({ stage, orchestrator, target: { id } }: TargetUse) {
  return { stage, orchestrator, id };
}

function lineOf({ path, reason }: ConfigurationFinding): string {
  return `${path} ${reason}`;
}

function brokenPayload(
  use: TargetUse,
  old: ContractDocument,
  next: ContractDocument,
): AffectedTarget[] {
  const { payload } = use;
  const lacking = new Set(sent(payload, old).map(({ pointer, rule }) => `${pointer} ${rule}`));
  return sent(payload, next)
    .filter(({ pointer, rule }) => !lacking.has(`${pointer} ${rule}`))
    .map(({ verdict, pointer, message }) => ({
      ...placeOf(use),
      verdict,
      path: `payload${pointer.replaceAll('/', '.')}`,
      reason: message,
    }));
}
