import { either, type Fact, fingerprint } from './fact.ts';
import type { Exit, Flow, StateJson, Variables } from './flow.ts';
import { below } from './scope.ts';
import { runState } from './state.ts';

interface Entry {
  readonly input: Fact;
  readonly variables: Variables;
}

/** Visits of one state until its facts stop changing; loops settle in two or three. */
const MAX_VISITS = 30;

/**
 * Works out what reaches each state, over every way through the flow, and then reports once what
 * each state does with it.
 * @returns what the flow puts out
 */
export function runFlow(flow: Flow, input: Fact, variables: Variables): Fact {
  const { reporter } = flow;
  const states = (flow.value['States'] ?? {}) as Readonly<Record<string, StateJson | undefined>>;
  const start = String(flow.value['StartAt']);
  const entries = new Map<string, Entry>([[start, { input, variables }]]);
  const visits = new Map<string, number>();
  const wasActive = reporter.active;
  reporter.active = false;
  const queue = [start];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const count = (visits.get(name) ?? 0) + 1;
    visits.set(name, count);
    if (count > MAX_VISITS) continue;
    for (const exit of visit(flow, states, name, entries)) {
      if (exit.next === undefined) continue;
      const joined = join(entries.get(exit.next), exit);
      if (joined === undefined) continue;
      entries.set(exit.next, joined);
      if (!queue.includes(exit.next)) queue.push(exit.next);
    }
  }
  reporter.active = wasActive;
  const outputs = [...entries.keys()].flatMap((name) =>
    visit(flow, states, name, entries).flatMap((exit) =>
      exit.next === undefined ? [exit.output] : [],
    ),
  );
  return outputs.length === 0
    ? { kind: 'unknown', reason: 'a flow that never ends' }
    : either(outputs);
}

function visit(
  flow: Flow,
  states: Readonly<Record<string, StateJson | undefined>>,
  name: string,
  entries: ReadonlyMap<string, Entry>,
): readonly Exit[] {
  const state = states[name];
  const entry = entries.get(name);
  if (!state || !entry) return [];
  return runState({ flow, name, state, pointer: below(flow.pointer, 'States', name), ...entry });
}

/** Both entries in one; undefined when nothing is new. */
function join(known: Entry | undefined, { output, variables }: Exit): Entry | undefined {
  if (!known) return { input: output, variables };
  const input = either([known.input, output]);
  const names = new Set([...known.variables.keys(), ...variables.keys()]);
  const joined = new Map(
    [...names].map((name): [string, Fact] => {
      const facts = [known.variables.get(name), variables.get(name)].filter(
        (fact) => fact !== undefined,
      );
      return [name, either(facts)];
    }),
  );
  const same =
    fingerprint(input) === fingerprint(known.input) &&
    [...joined].every(([name, fact]) => {
      const before = known.variables.get(name);
      return before !== undefined && fingerprint(before) === fingerprint(fact);
    });
  return same ? undefined : { input, variables: joined };
}
