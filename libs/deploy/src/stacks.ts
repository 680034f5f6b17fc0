import type { Stage, StateMachine } from '@harmony/assembly';

/** One stack of a stage: the workflow in it, if any, and for an orchestrator the children it starts. */
export interface Stack {
  readonly name: string;
  readonly selector: string;
  /** `shared`: no workflow of its own, but what workflows use. */
  readonly kind: 'shared' | 'child' | 'orchestrator';
  readonly uses: readonly string[];
}

/** The stacks of a stage, sorted by name. */
export function stacksOf(stage: Stage): readonly Stack[] {
  const stacks = new Map<string, StateMachine[]>(
    (stage.stacks ?? []).map((stack) => [nameOf({ stack, stage: stage.name }), []]),
  );
  for (const machine of stage.stateMachines) {
    stacks.set(nameOf(machine), [...(stacks.get(nameOf(machine)) ?? []), machine]);
  }
  return Array.from(stacks, ([name, machines]): Stack => {
    const uses = machines.flatMap((machine) => startedBy(machine, stage));
    return {
      name,
      selector: stage.name === '' ? name : `${stage.name}/${name}`,
      kind: kindOf(machines),
      uses: [...new Set(uses)].sort(),
    };
  }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function kindOf(machines: readonly StateMachine[]): Stack['kind'] {
  if (machines.length === 0) return 'shared';
  return machines.some(({ orchestration }) => orchestration) ? 'orchestrator' : 'child';
}

/** The stack's id in the CDK app: its CloudFormation name without the stage. */
function nameOf({ stack, stage }: Pick<StateMachine, 'stack' | 'stage'>): string {
  return stage !== '' && stack.startsWith(`${stage}-`) ? stack.slice(stage.length + 1) : stack;
}

/**
 * The children whose ARNs stand in an orchestrator's definition, as it will be deployed: disabled
 * targets count, since a run may be told to enable them.
 */
function startedBy({ orchestration, definition }: StateMachine, stage: Stage): readonly string[] {
  if (orchestration === undefined) return [];
  const texts = new Set(strings(definition));
  return stage.stateMachines.filter(({ arn }) => texts.has(arn)).map(nameOf);
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}
