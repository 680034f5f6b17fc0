import {
  readOrchestrator,
  type RenderedOrchestrator,
  STATE,
  type TargetEntry,
} from '@harmony/artifact';
import type { JsonSchema } from '@harmony/schema';
import {
  LONGEST_PLACE,
  MANAGED_CHARACTERS,
  MANAGED_POLICIES,
  startPolicies,
} from '../permissions/index.ts';
import { LONGEST_CHECKS, payloadChecks } from '../render/payload-checks.ts';
import { recordsFor } from '../render/records.ts';
import {
  MAX_DEFINITION_BYTES,
  MAX_EVENTS,
  MAX_STATE_BYTES,
  MAX_TEMPLATE_BYTES,
  NEAR,
  PRICE_OF_TRANSITION,
} from './limits.ts';
import type { TargetRun } from './run-cost.ts';
import { retriesOf, runCost } from './run-cost.ts';
import type { StateBytes } from './state-bytes.ts';
import { size, stateSizes } from './state-bytes.ts';

/** One quantity against its limit. */
export interface Share {
  readonly used: number;
  readonly limit: number;
}

export interface BudgetFinding {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code:
    | 'EVENTS'
    | 'STATE_BYTES'
    | 'OUTCOMES'
    | 'DEFINITION_BYTES'
    | 'TEMPLATE_BYTES'
    | 'ROLE_POLICIES'
    | 'PAYLOAD_CHECKS';
  /** What is over or near, what is to blame, what to do. */
  readonly message: string;
}

/** What one orchestrator takes of Step Functions' limits, and what a run of it costs. */
export interface Budget {
  readonly targets: number;
  /** Every target runs that the stage does not leave out, and succeeds the first time. */
  readonly typical: { readonly events: number; readonly transitions: number; readonly usd: number };
  /** Every target fails, after as many attempts as it has. */
  readonly worst: { readonly events: number; readonly transitions: number; readonly usd: number };
  readonly events: Share;
  readonly largestState: StateBytes & Share;
  readonly definitionBytes: Share;
  readonly templateBytes?: Share;
  /**
   * Characters of what the payload is checked for before anything starts, which stand in the
   * definition twice. It costs neither a transition nor an event.
   */
  readonly payloadChecks: Share;
  /** Characters of what its role may do with its children. */
  readonly roleCharacters: Share;
  /** Paths whose schema sets no bound on size, so that one was assumed. */
  readonly assumed: readonly string[];
  /** None: everything is well below its limit. */
  readonly findings: readonly BudgetFinding[];
}

export interface BudgetInput {
  /** As rendered or as read from an artifact. */
  readonly definition: unknown;
  /** JSON Schema of the payload. */
  readonly payload: JsonSchema;
  /** The output schema of a child, by name. */
  readonly outputOf?: (child: string) => JsonSchema | undefined;
  /** Of the CloudFormation template that holds it. */
  readonly templateBytes?: number;
}

/** @throws {ArtifactError} for a definition that is no orchestrator's */
export function budgetOf({ definition, payload, outputOf, templateBytes }: BudgetInput): Budget {
  const rendered = readOrchestrator(definition);
  const { targets } = rendered;
  const typical = withPrice(
    runCost(
      rendered,
      targets.map((entry) => typicalRun(entry, rendered)),
    ),
  );
  const worst = withPrice(
    runCost(
      rendered,
      targets.map((entry) => worstRun(rendered, entry)),
    ),
  );
  const { states, assumed } = stateSizes(rendered, payload, outputOf ?? (() => undefined));
  const largest = states[0] ?? { state: STATE.run, bytes: 0, parts: {} };
  const checks = payloadChecks(payload);
  const shares = {
    payloadChecks: { used: checks.characters, limit: LONGEST_CHECKS },
    events: { used: worst.events, limit: MAX_EVENTS },
    largestState: { ...largest, used: largest.bytes, limit: MAX_STATE_BYTES },
    definitionBytes: { used: size(definition), limit: MAX_DEFINITION_BYTES },
    ...(templateBytes === undefined
      ? {}
      : { templateBytes: { used: templateBytes, limit: MAX_TEMPLATE_BYTES } }),
    roleCharacters: roleShare(targets),
  };
  const findings = [
    ...judge(
      shares.events,
      'EVENTS',
      `${targets.length} targets may leave`,
      'history events',
      eventsAdvice(typical.events),
    ),
    ...states.flatMap((state) => judgeState(state, targets)),
    ...judgeOutcomes(targets),
    ...(checks.isCut ? [CUT] : []),
    ...judge(shares.definitionBytes, 'DEFINITION_BYTES', 'the definition has', 'bytes', SMALLER),
    ...judge(
      shares.roleCharacters,
      'ROLE_POLICIES',
      'the role that starts the children has',
      `characters of policies (IAM: ${MANAGED_POLICIES} managed policies of ${figure(MANAGED_CHARACTERS)} a role)`,
      SMALLER_ROLE,
    ),
    ...judge(shares.templateBytes, 'TEMPLATE_BYTES', 'the template has', 'bytes', SMALLER),
  ];
  return { targets: targets.length, typical, worst, ...shares, assumed, findings };
}

const CUT: BudgetFinding = {
  severity: 'WARNING',
  code: 'PAYLOAD_CHECKS',
  message: `the payload's schema asks for more than ${figure(LONGEST_CHECKS)} characters of checks: what is beyond them each child refuses only after it was started. Give the payload fewer fields, or refer to where the data is.`,
};

const SMALLER_ROLE =
  'divide the children among several orchestrations (contractOf makes one a target of another), or give them shorter names';

const SMALLER =
  'make configurations smaller, or divide the targets among several orchestrations (contractOf makes one a target of another)';

function eventsAdvice(typical: number): string {
  return `divide the targets among several orchestrations (contractOf makes one a target of another) or lower retry.attempts; without retries and failures it is ${figure(typical)}`;
}

function typicalRun(entry: TargetEntry, { debug }: RenderedOrchestrator): TargetRun {
  const out =
    entry.disableTarget === true ||
    debug.disable.includes(entry.id) ||
    (debug.only !== null && !debug.only.includes(entry.id));
  return { ends: out ? 'left out' : 'succeeded', delayed: isDelayed(entry) && !debug.skipDelays };
}

function worstRun(rendered: RenderedOrchestrator, entry: TargetEntry): TargetRun {
  if (entry.disableTarget === true) return { ends: 'left out', delayed: false };
  return {
    ends: 'failed',
    causeIsText: true,
    delayed: isDelayed(entry),
    retries: retriesOf(rendered, entry),
  };
}

function isDelayed({ delay, delayUntil }: TargetEntry): boolean {
  return delay !== undefined || delayUntil !== undefined;
}

function withPrice(cost: { readonly events: number; readonly transitions: number }) {
  return { ...cost, usd: cost.transitions * PRICE_OF_TRANSITION };
}

function judge(
  share: Share | undefined,
  code: BudgetFinding['code'],
  subject: string,
  unit: string,
  advice: string,
): BudgetFinding[] {
  if (share === undefined || share.used < share.limit * NEAR) return [];
  const { used, limit } = share;
  const severity = used > limit ? 'ERROR' : 'WARNING';
  const message = `${subject} ${figure(used)} ${unit} of ${figure(limit)}: ${advice}.`;
  return [{ severity, code, message }];
}

function roleShare(targets: readonly TargetEntry[]): Share {
  // arn:aws:states:REGION:ACCOUNT:stateMachine:NAME
  const machines = targets.map(({ stateMachineArn }) => stateMachineArn.split(':')[6] ?? '');
  const { inline, characters, policies } = startPolicies([...new Set(machines)], LONGEST_PLACE);
  const limit = MANAGED_POLICIES * MANAGED_CHARACTERS;
  if (inline || policies.length <= MANAGED_POLICIES) return { used: characters, limit };
  // No policy is filled to its last character: one too many may be below the sum.
  return { used: Math.max(characters, limit + 1), limit };
}

function judgeState(state: StateBytes, targets: readonly TargetEntry[]): BudgetFinding[] {
  const parts = Object.entries(state.parts).sort(([, a], [, b]) => b - a);
  const [blame = ''] = parts[0] ?? [];
  const list = parts.map(([name, bytes]) => `${name} ${figure(bytes)}`).join(', ');
  const subject = `the data of "${state.state}" may have (${list})`;
  const share = { used: state.bytes, limit: MAX_STATE_BYTES };
  return judge(share, 'STATE_BYTES', subject, 'bytes', adviceOn(blame, targets));
}

function adviceOn(part: string, targets: readonly TargetEntry[]): string {
  switch (part) {
    case 'targets': {
      const widest = targets
        .map(({ id, configuration }) => ({ id, bytes: size(configuration) }))
        .sort((a, b) => b.bytes - a.bytes)
        .slice(0, 3)
        .map(({ id, bytes }) => `${id} ${figure(bytes)}`);
      return `the target list is to blame (largest configurations: ${widest.join(', ')}): ${SMALLER}`;
    }
    case 'payload':
      return 'the payload is to blame: bound its texts and lists (max), or send where they are';
    case 'kept outputs':
    case 'output':
      return 'the outputs that keepOutput and outputOf keep are to blame: keep fewer, bound them in their contracts, or let children write to S3';
    case 'configuration':
      return 'one configuration is to blame: let it name where its data is';
    default:
      return `the outcomes of ${targets.length} targets are to blame: divide the list`;
  }
}

/** An error's name needs some room, or a failed run would tell nothing. */
const SHORTEST_ERROR = 16;

function judgeOutcomes(targets: readonly TargetEntry[]): BudgetFinding[] {
  const { errorLimit } = recordsFor(targets);
  if (errorLimit >= SHORTEST_ERROR) return [];
  const message = `the outcomes of ${targets.length} targets leave ${Math.max(0, errorLimit)} characters for each error: divide the targets among several orchestrations.`;
  return [{ severity: 'ERROR', code: 'OUTCOMES', message }];
}

function figure(number: number): string {
  return Math.ceil(number).toLocaleString('en-US');
}
