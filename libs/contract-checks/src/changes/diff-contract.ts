import type { ConfigurationFinding } from '@harmony/artifact/rules';
import type { ContractDocument } from '@harmony/contract';
import type { JsonSchema } from '@harmony/schema';
import { compareSchemas } from '@harmony/schema/compare';
import { diffSchemas, type SchemaChange, type Verdict, worst } from '@harmony/schema/compatibility';
import { findingsOn, type Serves } from '../concerned.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';
import type { TargetUse } from './uses.ts';

export type ContractPart = 'payload' | 'configuration' | 'output';

export interface ContractChange extends SchemaChange {
  readonly part: ContractPart;
  /** Why the verdict is another than that of the two schemas alone. */
  readonly decidedBy?: string;
}

/** A target of the base's orchestrations that the changed contract would break. */
export interface AffectedTarget {
  readonly orchestrator: string;
  readonly id: string;
  readonly verdict: 'breaking' | 'unknown';
  /** `configuration.thresholds`, `payload.account`. */
  readonly path: string;
  readonly reason: string;
}

/** Who sends the payload, as far as the workspace knows. */
export interface Callers {
  /** Targets that the contract concerns, as the base has them. */
  readonly uses: readonly TargetUse[];
  /** Some orchestration of the base cannot be read: what it sends isn't known. */
  readonly incomplete?: boolean;
  /** The contracts before the change and after it. */
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
 * optional field there refuses, strictly speaking, what some caller may send today: where all who
 * send it are known, it is decided by what their payloads really hold. A target that takes a value
 * from the child's output is concerned as one that runs it.
 */
export function diffContract(before: Snapshot, after: Snapshot, callers: Callers): ContractDiff {
  const [old, next] = [before.document, after.document];
  const running = callers.uses.filter(({ target }) => target.child === next.name);
  const configurations = callers.uses.flatMap((use) =>
    brokenConfiguration(use, old, next, callers).map((finding) => ({ use, finding })),
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
    ...payloadChanges(old, next, sendersOf(before, running, callers)),
    ...diffSchemas(old.configuration, next.configuration, 'input').changes.map(
      (change): ContractChange => ({ ...change, part: 'configuration' }),
    ),
    ...diffSchemas(old.output, next.output, 'output').changes.map((change) =>
      outputChange(change, isTaken, before),
    ),
  ];
  return { name: next.name, verdict: worst([...changes, ...targets]), changes, targets };
}

/** One who sends the payload, and all that they may send. */
interface Sender {
  readonly name: string;
  readonly payload: JsonSchema;
}

/**
 * A trigger sends an orchestration what its payload declares; a child gets what its orchestrations
 * were sent. Empty where that isn't known, so that the payload is judged strictly.
 */
function sendersOf(
  { kind, document }: Snapshot,
  running: readonly TargetUse[],
  { incomplete }: Callers,
): Sender[] {
  if (incomplete === true) return [];
  const senders = running.map(({ orchestrator: name, payload }) => ({ name, payload }));
  const trigger = { name: `what triggers ${document.name}`, payload: document.payload };
  return kind === 'orchestration' ? [trigger, ...senders] : senders;
}

function payloadChanges(
  old: ContractDocument,
  next: ContractDocument,
  senders: readonly Sender[],
): ContractChange[] {
  const { changes } = diffSchemas(old.payload, next.payload, 'input');
  if (senders.length === 0) return changes.map((change) => ({ ...change, part: 'payload' }));
  const refused = new Set(
    senders.flatMap(({ payload }) => sent(payload, next).map(({ pointer }) => pointer)),
  );
  const names = [...new Set(senders.map(({ name }) => name))].join(', ');
  return changes.map((change): ContractChange => {
    if (change.verdict === 'compatible' || hits(refused, change.pointer)) {
      return { ...change, part: 'payload' };
    }
    return decided(change, 'payload', `no payload of ${names} sends what is refused`);
  });
}

function sent(payload: JsonSchema, { payload: to }: ContractDocument) {
  return compareSchemas({ from: payload, to, closedWorld: true });
}

/** Does a refused place lie at the pointer, above it or below it? */
function hits(refused: ReadonlySet<string>, pointer: string): boolean {
  return [...refused].some(
    (other) =>
      other === pointer || other.startsWith(`${pointer}/`) || pointer.startsWith(`${other}/`),
  );
}

/**
 * A field more in an answer: a reader takes the fields it names, unless one takes a whole object.
 * What an orchestration puts out counts its own targets: it is judged by who takes from it alone.
 */
function outputChange(change: SchemaChange, isTaken: boolean, { kind }: Snapshot): ContractChange {
  const mayPass = kind === 'orchestration' || change.rule === 'additionalProperties';
  if (change.verdict !== 'breaking' || isTaken || !mayPass) return { ...change, part: 'output' };
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
  { base, head }: Callers,
): ConfigurationFinding[] {
  const { target, targets } = use;
  const findings = (document: ContractDocument, other: Serves) =>
    findingsOn(next.name, target, targets, (name) => (name === next.name ? document : other(name)));
  const broken = [base, head].flatMap((other) => {
    const before = new Set(findings(old, other).map(lineOf));
    return findings(next, other).filter((finding) => !before.has(lineOf(finding)));
  });
  return [...new Map(broken.map((finding) => [lineOf(finding), finding])).values()];
}

function placeOf({ orchestrator, target: { id } }: TargetUse) {
  return { orchestrator, id };
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
