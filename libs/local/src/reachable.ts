import type { LambdaFunction, Stage, StateMachine } from '@harmony/assembly';

/**
 * The state machines that a run of `root` may start: those whose ARN stands in a definition already
 * reached. So a fault in one team's child does not stop the run of another's. A definition that
 * starts executions but names none gets all.
 */
export function reachable(
  root: StateMachine,
  all: readonly StateMachine[],
): readonly StateMachine[] {
  const found = new Set([root]);
  // A Set's iteration goes on over what is added on the way.
  for (const machine of found) {
    const text = JSON.stringify(machine.definition);
    const named = all.filter(({ arn }) => text.includes(JSON.stringify(arn)));
    const starts = text.includes(':states:startExecution');
    for (const other of starts && named.length === 0 ? all : named) found.add(other);
  }
  return [...found];
}

/** The functions that the definitions name. */
export function functionsOf(
  machines: readonly StateMachine[],
  { functions }: Pick<Stage, 'functions'>,
): readonly LambdaFunction[] {
  const texts = machines.map(({ definition }) => JSON.stringify(definition));
  return functions.filter(({ arn }) => texts.some((text) => text.includes(JSON.stringify(arn))));
}
