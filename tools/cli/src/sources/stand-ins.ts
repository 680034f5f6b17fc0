import type { Stage, StandIn, StateMachine } from '@harmony/assembly';
import type { Io } from '../io.ts';

/** Says on standard error what a definition, or the environment of a function that it names, holds in place of what only AWS knows. */
export function tellStandIns(machine: StateMachine, stage: Stage, io: Io): void {
  const text = JSON.stringify(machine.definition);
  const tell = (where: string, standIns: readonly StandIn[] = []): void => {
    for (const { value, expression, reason } of standIns) {
      const made = typeof value === 'string' ? value : JSON.stringify(value);
      io.stderr.write(`warning: ${where} has ${made} for ${expression}: ${reason}\n`);
    }
  };
  tell(`the definition of ${machine.name}`, machine.standIns);
  for (const fn of stage.functions) {
    const named = text.includes(fn.arn) || text.includes(JSON.stringify(fn.name));
    if (named) tell(`the environment of ${fn.name}`, fn.standIns);
  }
}
