import type { Stage, StackFiles, StateMachine } from '@harmony/assembly';
import type { StackContent } from './content.ts';
import { startedMachines } from './started-machines.ts';

/** One stack of a stage: what is in it, and which others it uses. */
export interface Stack {
  /** The id in the CDK app, which is the workflow's name: `billing-alerts`. */
  readonly name: string;
  /** In CloudFormation: `prod-billing-alerts`. */
  readonly stackName: string;
  /** How the CDK CLI selects it: `prod/billing-alerts`. */
  readonly selector: string;
  /** `shared` holds no workflow: what several stacks of a stage use. */
  readonly kind: 'child' | 'orchestrator' | 'shared';
  /** Names of the stacks whose workflows it starts, or that CDK says it depends on. */
  readonly uses: readonly string[];
  readonly content: StackContent;
}

/** The stacks of a stage, sorted by name. */
export function stacksOf(stage: Stage, files: readonly StackFiles[]): readonly Stack[] {
  const own = files.filter((file) => file.stage === stage.name);
  const machinesOf = Map.groupBy(stage.stateMachines, ({ stack }) => stack);
  // Resources of a shared stack are addressed by name, so that nothing in a template says who uses them.
  const shared = own
    .filter(({ name }) => !machinesOf.has(name))
    .map(({ name }) => shortName(name, stage.name));
  return own
    .map((file): Stack => {
      const machines = machinesOf.get(file.name) ?? [];
      const name = shortName(file.name, stage.name);
      const uses = [
        ...(machines.length > 0 ? shared : []),
        ...file.needs.map((needed) => shortName(needed, stage.name)),
        ...machines.flatMap((machine) =>
          startedMachines(machine, stage.stateMachines).map(({ stack }) =>
            shortName(stack, stage.name),
          ),
        ),
      ];
      return {
        ...{ name, stackName: file.name, selector: file.selector, kind: kindOf(machines) },
        // What starts itself does not wait for itself.
        uses: [...new Set(uses)].filter((used) => used !== name).sort(),
        content: contentOf(file),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What CloudFormation is given of a stack. */
export function contentOf({ template, terminationProtection, tags }: StackFiles): StackContent {
  return { template, terminationProtection, tags };
}

function kindOf(machines: readonly StateMachine[]): Stack['kind'] {
  if (machines.some(({ orchestration }) => orchestration)) return 'orchestrator';
  return machines.length > 0 ? 'child' : 'shared';
}

/** The stack's id in the CDK app: its CloudFormation name without the stage. */
export function shortName(stack: string, stage: string): string {
  return stage !== '' && stack.startsWith(`${stage}-`) ? stack.slice(stage.length + 1) : stack;
}
