import { ArtifactError, readOrchestrator } from '@harmony/artifact';
import type { StateMachine } from '@harmony/assembly';
import { DeployError } from './errors.ts';

/** `…:states:startExecution`, `.sync`, `.sync:2`, and the SDK's own way to the same. */
const STARTS = /:states:::(?:states:startExecution|aws-sdk:sfn:start(?:Sync)?Execution)\b/;

/**
 * Those of `machines` that a state machine starts, by ARN or by one of its versions and aliases: what
 * an orchestrator's targets name, disabled ones too, since a run may be told to enable them; of any
 * other what its states start. Where a state knows only at run time what it starts, every ARN that the
 * definition holds may be it.
 *
 * @throws DeployError `DEFINITION_UNREADABLE`: what can't be read is never taken for no targets
 */
export function startedMachines(
  machine: StateMachine,
  machines: readonly StateMachine[],
): readonly StateMachine[] {
  const named = machine.orchestration ? targetArns(machine) : startedArns(machine.definition);
  const texts = [...new Set(named)];
  return machines.filter(({ arn }) => texts.some((text) => names(text, arn)));
}

function targetArns({ name, definition }: StateMachine): readonly string[] {
  try {
    return readOrchestrator(definition).targets.map(({ stateMachineArn }) => stateMachineArn);
  } catch (cause) {
    if (!(cause instanceof ArtifactError)) throw cause;
    throw new DeployError(
      'DEFINITION_UNREADABLE',
      `The definition of ${name} can't be read: ${cause.message}. Synthesise the assembly again:  npx nx synth infra`,
      { cause },
    );
  }
}

function startedArns(definition: unknown): readonly string[] {
  const started = statesIn(definition).flatMap(({ Resource, Arguments, Parameters }) => {
    if (typeof Resource !== 'string' || !STARTS.test(Resource)) return [];
    const input = (Arguments ?? Parameters) as Fields | null | undefined;
    return [typeof input === 'object' ? input?.['StateMachineArn'] : undefined];
  });
  const isKnown = (arn: unknown): arn is string => /^arn:/.test(String(arn));
  return started.every(isKnown) ? started : textsIn(definition);
}

type Fields = Readonly<Record<string, unknown>>;

/** Every state at every depth: of Maps, of the older Iterator, of Parallels. */
function statesIn(level: unknown): readonly Fields[] {
  const { States } = fieldsOf(level);
  return Object.values(fieldsOf(States)).flatMap((value) => {
    const state = fieldsOf(value);
    const branches = Array.isArray(state['Branches']) ? state['Branches'] : [];
    const inner = [state['ItemProcessor'], state['Iterator'], ...(branches as unknown[])];
    return [state, ...inner.flatMap(statesIn)];
  });
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Object.values(fieldsOf(value)).flatMap(textsIn);
}

/** Whether the text holds the ARN, and not merely that of a sibling whose name starts alike. */
function names(text: string, arn: string): boolean {
  for (let at = text.indexOf(arn); at >= 0; at = text.indexOf(arn, at + 1)) {
    if (!/[\w-]/.test(text.charAt(at + arn.length))) return true;
  }
  return false;
}
