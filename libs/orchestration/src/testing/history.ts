import { STATE } from '@harmony/artifact';
import type { HistoryEvent } from '../outcomes/index.ts';

const START = Date.parse('2026-01-01T00:00:00Z');

type Details = Record<string, unknown>;

/**
 * Builds a history shaped as GetExecutionHistory: ids count up, and each event follows the last
 * one of its own line (an iteration of the Map, or the run itself).
 */
export class HistoryBuilder {
  readonly events: HistoryEvent[] = [];
  readonly #last = new Map<number | 'run', number>();
  #seconds = 0;

  /** Lets time pass, in seconds. */
  wait(seconds: number): this {
    this.#seconds += seconds;
    return this;
  }

  /** An event of the run itself. */
  run(type: string, details?: Details): this {
    return this.#add('run', type, details);
  }

  /** Events of one target's iteration: a type, or a type with its details. */
  target(index: number, ...steps: (string | [type: string, details: Details])[]): this {
    for (const step of steps) {
      const [type, details] = typeof step === 'string' ? [step, undefined] : step;
      const iteration = type.startsWith('MapIteration') ? { name: STATE.run, index } : undefined;
      this.#add(index, type, iteration ?? details);
    }
    return this;
  }

  #add(line: number | 'run', type: string, details?: Details): this {
    const id = this.events.length + 1;
    const shared = /State(Entered|Exited)$/.exec(type)?.[1];
    const key = shared ? `state${shared}` : type.charAt(0).toLowerCase() + type.slice(1);
    this.events.push({
      id,
      previousEventId: this.#last.get(line) ?? this.#last.get('run') ?? 0,
      timestamp: START + this.#seconds * 1000,
      type,
      ...(details ? { [`${key}EventDetails`]: details } : {}),
    });
    this.#last.set(line, id);
    return this;
  }
}

/** A history up to the point where all targets are under way. */
export function started(targets: number): HistoryBuilder {
  const history = new HistoryBuilder()
    .run('ExecutionStarted', { input: '{"payload":{}}' })
    .run('PassStateEntered', { name: STATE.inject })
    .run('PassStateExited', { name: STATE.inject })
    .run('ChoiceStateEntered', { name: STATE.checkDebug })
    .run('ChoiceStateExited', { name: STATE.checkDebug })
    .run('MapStateEntered', { name: STATE.run })
    .run('MapStateStarted', { length: targets });
  for (let index = 0; index < targets; index += 1) {
    history.target(index, 'MapIterationStarted', 'ChoiceStateEntered', 'ChoiceStateExited');
  }
  return history;
}
