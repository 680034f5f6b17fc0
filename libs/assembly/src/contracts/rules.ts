import { readExpression } from '@harmony/contract/expressions';
import { declares, isTimestamp, schemaAt } from '@harmony/schema/paths';
import type { StateMachine } from '../model.ts';
import { isObject, objectAt } from '../read/json-file.ts';
import type { Surroundings } from './surroundings.ts';
import type { Finding } from './problem.ts';
import type { RenderedTarget } from './targets.ts';

/** Each of them looks at one option of a target, as it was rendered. */
export function checkRules(
  around: Surroundings,
  target: RenderedTarget,
  child: StateMachine,
): Finding[] {
  return [
    ...checkTimeout(target, child),
    ...checkCondition(around, target),
    ...checkMoment(around, target),
    ...checkOrder(around, target),
    ...checkRetry(around, target),
  ];
}

/**
 * A target that gives up before its child does leaves the child running: Step Functions documents
 * no abort of a child when the Task that waits for it times out.
 */
function checkTimeout({ timeout }: RenderedTarget, child: StateMachine): Finding[] {
  if (timeout === undefined) return [];
  const own = child.definition.TimeoutSeconds;
  if (typeof own === 'number' && timeout >= own) return [];
  const reason =
    typeof own === 'number'
      ? `is ${timeout} seconds, shorter than the ${own} that ${child.name} itself may take`
      : `is ${timeout} seconds, but ${child.name} has no timeout of its own`;
  return [{ code: 'TIMEOUT', path: 'timeout', reason }];
}

function checkCondition(
  { machine, orchestration }: Surroundings,
  { when }: RenderedTarget,
): Finding[] {
  if (when === undefined) return [];
  const finding = (reason: string): Finding => ({ code: 'CONDITION', path: 'when', reason });
  const rendered = assigned(machine, 'conditions')[when];
  const text = typeof rendered === 'string' ? CONDITION.exec(rendered)?.[1] : undefined;
  if (text === undefined) {
    return [finding(`the definition has no condition ${JSON.stringify(when)} over the payload`)];
  }
  const { fields, problems } = readExpression(text);
  const at = (position: number | undefined) =>
    `${position === undefined ? '' : ` at position ${position}`} of ${JSON.stringify(text)}`;
  return [
    ...problems.map(({ message, position }) => finding(`${message},${at(position)}`)),
    ...fields
      .filter(({ path }) => !declares(orchestration.payload, path))
      .map(({ path, position }) =>
        finding(`the payload does not declare "${path.join('.')}",${at(position)}`),
      ),
  ];
}

/** As `renderOrchestrator` writes it: the author's own text between the line breaks. */
const CONDITION = /^\{% \$boolean\(\$states\.input\.payload\.\(\n(.*)\n\)\) = true %\}$/s;

function checkMoment(
  { machine, orchestration }: Surroundings,
  { delayUntil }: RenderedTarget,
): Finding[] {
  if (delayUntil === undefined) return [];
  const finding = (reason: string): Finding[] => [{ code: 'DELAY', path: 'delay.until', reason }];
  if (assigned(machine, 'moments')[delayUntil] === undefined) {
    return finding(`the definition takes no moment "${delayUntil}" from the payload`);
  }
  const found = schemaAt(orchestration.payload, delayUntil.split('.'));
  if (found === undefined) return finding(`the payload does not declare "${delayUntil}"`);
  if (!found.sure) return finding(`the payload need not hold "${delayUntil}"`);
  return isTimestamp(found.schema) ? [] : finding(`"${delayUntil}" need be no timestamp`);
}

function checkOrder({ targets }: Surroundings, target: RenderedTarget): Finding[] {
  const { wave = 1, dependsOn = [] } = target;
  return dependsOn.flatMap((id): Finding[] => {
    const finding = (reason: string): Finding[] => [{ code: 'ORDER', path: 'dependsOn', reason }];
    const other = targets.find((candidate) => candidate.id === id);
    if (other === undefined) return finding(`"${id}" names no target`);
    if ((other.wave ?? 1) < wave) return [];
    return finding(`"${id}" is in wave ${other.wave ?? 1}, not before its own, ${wave}`);
  });
}

/** The state that the target's policy and wave lead to. */
function checkRetry({ machine }: Surroundings, { retry = 0, wave = 1 }: RenderedTarget): Finding[] {
  if (retry === 0 && wave === 1) return [];
  const map = objectAt(objectAt(machine.definition, 'States'), named('Run targets', 0, wave));
  const states = objectAt(objectAt(map, 'ItemProcessor'), 'States');
  const name = named('Execute', retry, wave);
  if (isObject(states[name])) return [];
  return [{ code: 'RETRY', path: 'retry', reason: `the definition has no state "${name}"` }];
}

function named(base: string, retry: number, wave: number): string {
  const parts = [
    ...(retry > 0 ? [`retry ${retry + 1}`] : []),
    ...(wave > 1 ? [`wave ${wave}`] : []),
  ];
  return parts.length === 0 ? base : `${base} (${parts.join(', ')})`;
}

/** A variable that *Check debug* sets to an object. */
function assigned(
  { definition }: StateMachine,
  variable: string,
): Readonly<Record<string, unknown>> {
  const state = objectAt(objectAt(definition, 'States'), 'Check debug');
  return objectAt(objectAt(state, 'Assign'), variable);
}
