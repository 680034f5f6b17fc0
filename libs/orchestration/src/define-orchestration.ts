import type { Issue, Json } from '@harmony/contract';
import {
  checkId,
  checkName,
  findUnrepresentable,
  formatPath,
  hashJson,
  normaliseSchema,
  toJsonSchema,
  validate,
} from '@harmony/contract';
import type { z } from 'zod';
import { OrchestrationError } from './errors.ts';
import type { OnTargetFailure, Orchestration } from './orchestration.ts';
import type { TargetsFedBy } from './payload-check.ts';
import type { Target } from './target.ts';

/** Step Functions' bound on Wait. https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
const MAX_WAIT_SECONDS = 99_999_999;

/** An execution lives one year, so a longer wait would never end. In seconds. */
const MAX_EXECUTION_SECONDS = 365 * 24 * 3600;

const POLICIES: readonly OnTargetFailure[] = ['abort', 'failAtEnd', 'continue'];

/**
 * Defines an orchestrator as plain data. An orchestration whose payload lacks what one of its
 * children needs does not compile.
 *
 * @throws {OrchestrationError} `ORCHESTRATION_INVALID`, with every issue and its path: bad names,
 * duplicate ids, delays outside Step Functions' limits, configurations the child's contract
 * refuses
 */
export function defineOrchestration<
  P extends z.ZodObject,
  const T extends readonly Target[],
>(spec: {
  readonly name: string;
  /** What the trigger sends, the same for all targets. */
  readonly payload: P;
  readonly targets: T & TargetsFedBy<NoInfer<P>, T>;
  /** Default 0: as many at once as Step Functions allows. */
  readonly maxConcurrency?: number;
  /** Default `failAtEnd`. */
  readonly onTargetFailure?: OnTargetFailure;
}): Orchestration<P> {
  const { name, payload, maxConcurrency = 0, onTargetFailure = 'failAtEnd' } = spec;
  const targets: readonly Target[] = spec.targets;
  const issues = [
    ...checkName(name),
    ...findUnrepresentable(payload, 'payload', 'open-root'),
    ...checkPolicies(maxConcurrency, onTargetFailure),
    ...targets.flatMap((item, index) => checkTarget(item, index)),
    ...checkUnique(targets),
  ];
  if (issues.length > 0) {
    const headline = `The orchestration "${name}" cannot be defined:`;
    throw new OrchestrationError('ORCHESTRATION_INVALID', headline, issues);
  }
  const frozen = targets.map((item) =>
    // As JSON: what is rendered is what was checked, whoever holds the object that was passed in.
    Object.freeze({ ...item, configuration: toJson(item.configuration) }),
  );
  const schema = toJsonSchema(payload, 'input');
  const hash = hashJson({
    name,
    payload: normaliseSchema(schema),
    maxConcurrency,
    onTargetFailure,
    targets: frozen.map(({ contract, ...item }) => ({ ...item, contract: contract.hash })),
  });
  return Object.freeze({
    name,
    payload,
    targets: Object.freeze(frozen),
    maxConcurrency,
    onTargetFailure,
    document: Object.freeze({ name, payload: schema, maxConcurrency, onTargetFailure, hash }),
  });
}

function checkPolicies(maxConcurrency: number, onTargetFailure: OnTargetFailure): Issue[] {
  const issues: Issue[] = [];
  if (!Number.isSafeInteger(maxConcurrency) || maxConcurrency < 0) {
    const message = `expected an integer of 0 (no bound) or more, got ${String(maxConcurrency)}`;
    issues.push({ path: 'maxConcurrency', message });
  }
  if (!POLICIES.includes(onTargetFailure)) {
    const message = `expected one of ${POLICIES.join(', ')}, got ${String(onTargetFailure)}`;
    issues.push({ path: 'onTargetFailure', message });
  }
  return issues;
}

function checkTarget(item: Target, index: number): Issue[] {
  const idIssues = checkId(item.id, formatPath(['targets', index, 'id']));
  // A bad id would make a bad path: fall back on the position.
  const path = formatPath(['targets', idIssues.length > 0 ? index : String(item.id)]);
  const root = idIssues.length > 0 ? path : `targets[${JSON.stringify(item.id)}]`;
  const configuration = validate(
    item.contract.configuration,
    item.configuration,
    `${root}.configuration`,
  );
  return [
    ...idIssues,
    ...checkDelay(item.delay, `${root}.delay`),
    ...(configuration.success ? [] : configuration.issues),
    ...checkJson(item.configuration, `${root}.configuration`),
  ];
}

function checkDelay(delay: number | undefined, path: string): Issue[] {
  if (delay === undefined) return [];
  if (!Number.isInteger(delay) || delay < 0 || delay > MAX_WAIT_SECONDS) {
    const range = `expected whole seconds from 0 to ${MAX_WAIT_SECONDS}, as Step Functions' Wait`;
    return [{ path, message: `${range} takes them, got ${String(delay)}` }];
  }
  if (delay >= MAX_EXECUTION_SECONDS) {
    const year = `an execution lives one year (${MAX_EXECUTION_SECONDS} seconds)`;
    return [{ path, message: `${delay} seconds would never end: ${year}` }];
  }
  return [];
}

/** A schema may allow any value (`z.unknown()`); the artifact holds JSON alone. */
function checkJson(value: unknown, path: string): Issue[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string' || typeof value === 'boolean') return [];
  if (typeof value === 'number' && Number.isFinite(value)) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      item === undefined
        ? [{ path: formatPath([index], path), message: 'undefined is not JSON' }]
        : checkJson(item, formatPath([index], path)),
    );
  }
  if (typeof value === 'object' && isPlain(value)) {
    return Object.entries(value).flatMap(([key, item]) => checkJson(item, formatPath([key], path)));
  }
  return [{ path, message: `${describe(value)} is not JSON` }];
}

function describe(value: unknown): string {
  return typeof value === 'object' ? `an instance of a class` : `${typeof value} ${String(value)}`;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

function checkUnique(targets: readonly Target[]): Issue[] {
  const first = new Map<string, number>();
  return targets.flatMap(({ id }, index) => {
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, index);
      return [];
    }
    const message = `the id "${id}" is taken by targets[${earlier}]: ids name one target each`;
    return [{ path: formatPath(['targets', index, 'id']), message }];
  });
}
