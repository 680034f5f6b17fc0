import { isObject } from '@harmony/schema';
import { conditionText } from '../condition.ts';
import type { Retrier } from '../definition.ts';
import { ArtifactError, unreadable } from '../errors.ts';
import { DEBUG_SWITCHES, takesValue } from '../debug.ts';
import { FORMATS, formatNamed, type Format } from '../format.ts';
import { namesOf, stateName, stateNamed, type StateAt, type StateRole } from '../state-names.ts';
import type { InjectedDebug, TargetEntry } from '../target-entry.ts';
import { type Fields, inStates, objectAt } from './fields.ts';
import type { RenderedOrchestrator } from './rendered-orchestrator.ts';
import { readTargets } from './target-list.ts';

/**
 * Reads a rendered orchestrator: the one reader of what `renderOrchestrator` writes, in this format
 * and in those before it. It reads all that its callers will ask for at once, so that nobody
 * takes what is missing for nothing.
 *
 * @param definition Amazon States Language, as rendered or as AWS returns it (parsed)
 * @throws {ArtifactError} `FORMAT_UNKNOWN`, or `ARTIFACT_UNREADABLE` with the path of what is not
 * understood: an unknown state or field too, since what it means for a reader is not known
 */
export function readOrchestrator(definition: unknown): RenderedOrchestrator {
  if (!isObject(definition))
    throw unreadable('definition', 'not a rendered orchestrator: it is not an object');
  const root = definition;
  const states = objectAt(root['States'], 'States');
  const injected = injectedBy(root['StartAt'], states);
  const { format } = injected;
  const all = collectStates(states, format);
  const stateAt = (role: StateRole, place: { wave: number; policy: number }, path: string) => {
    const name = stateName(namesOf(format)[role] ?? role, place);
    const found = all.get(name);
    if (found === undefined) throw unreadable(path, `leads to "${name}", which doesn't exist`);
    return found;
  };
  const assigned = variablesOf(stateAt('checkDebug', { wave: 1, policy: 0 }, 'States').state);
  const { conditions, moments } = assigned;
  const retriers = new Map<TargetEntry, readonly Retrier[]>();
  injected.targets.forEach((target, index) => {
    const path = `${injected.path}.targets[${index}]`;
    const { retry: policy = 0, wave = 1, when, delayUntil, delay } = target;
    if (when !== undefined && !conditions.has(when)) {
      throw unreadable(`${path}.when`, `names the condition "${when}", which doesn't exist`);
    }
    if (delayUntil !== undefined && !moments.includes(delayUntil)) {
      throw unreadable(
        `${path}.delayUntil`,
        `names the moment "${delayUntil}", which doesn't exist`,
      );
    }
    if (delay !== undefined) stateAt('delay', { wave, policy }, path);
    if (delayUntil !== undefined) stateAt('delayUntil', { wave, policy }, path);
    const execute = stateAt('execute', { wave, policy }, path);
    retriers.set(target, retriersIn(execute.state, execute.path));
  });
  const waves = Math.max(...[...all.values()].map(({ wave }) => wave));
  for (let wave = 1; wave <= waves; wave++) stateAt('run', { wave, policy: 0 }, 'States');
  const roles = new Set([...all.values()].map(({ role }) => role));
  return {
    format,
    targets: injected.targets,
    debug: injected.debug,
    timeout: secondsOf(root['TimeoutSeconds']),
    waves,
    conditions,
    moments,
    has: (role) => roles.has(role),
    retriersOf: (target) => retriers.get(target) ?? [],
    stateNamed: (name) => stateNamed(name, format),
  };
}

/** What the first state injects. Each format may have a name of its own for it. */
function injectedBy(start: unknown, states: Fields) {
  const name = typeof start === 'string' ? start : '';
  if (!FORMATS.some((format) => namesOf(format).inject === name)) {
    const first = JSON.stringify(start) ?? 'none';
    throw unreadable(
      'StartAt',
      `not a rendered orchestrator: its first state, ${first}, injects no targets`,
    );
  }
  const path = `${inStates(name)}.Result`;
  const state = objectAt(states[name], inStates(name));
  const result = objectAt(state['Result'], path);
  const format = formatNamed(result['format']);
  if (format === undefined || namesOf(format).inject !== name) {
    throw new ArtifactError('FORMAT_UNKNOWN', `${path}.format`, unknownFormat(result['format']));
  }
  const unknown = Object.keys(result).find((key) => !['format', 'targets', 'debug'].includes(key));
  if (unknown !== undefined) throw unreadable(`${path}.${unknown}`, 'is not known');
  return {
    format,
    path,
    targets: readTargets(result['targets'], `${path}.targets`),
    debug: readDebug(result['debug'], `${path}.debug`),
  };
}

export function unknownFormat(value: unknown): string {
  const known = FORMATS.join(' and ');
  return `format ${JSON.stringify(value)} is not known to this version of Harmony, which reads ${known}: update it`;
}

function readDebug(value: unknown, path: string): InjectedDebug {
  const debug = objectAt(value, path);
  for (const { name, takes } of DEBUG_SWITCHES) {
    if (takesValue(name, debug[name])) continue;
    const what = takes === 'boolean' ? 'is not a boolean' : "isn't a list of ids";
    throw unreadable(`${path}.${name}`, what);
  }
  const known: readonly string[] = DEBUG_SWITCHES.map(({ name }) => name);
  const unknown = Object.keys(debug).find((name) => !known.includes(name));
  if (unknown !== undefined) throw unreadable(`${path}.${unknown}`, 'is not known');
  return value as unknown as InjectedDebug;
}

interface Found extends StateAt {
  readonly state: Fields;
  readonly path: string;
}

/** Every state by its name, those of Maps and Parallels too. Names are unique in a machine. */
function collectStates(states: Fields, format: Format): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  const collect = (level: Fields, within: string) => {
    for (const [name, value] of Object.entries(level)) {
      const path = inStates(name, within);
      const at = stateNamed(name, format);
      if (at === undefined) throw unreadable(path, `isn't a state of format ${format}`);
      const state = objectAt(value, path);
      found.set(name, { ...at, state, path });
      const inner = [
        ['ItemProcessor', state['ItemProcessor']] as const,
        ...(Array.isArray(state['Branches']) ? state['Branches'] : []).map(
          (branch: unknown, index) => [`Branches[${index}]`, branch] as const,
        ),
      ];
      for (const [field, part] of inner) {
        if (part === undefined) continue;
        const below = `${path}.${field}`;
        collect(objectAt(objectAt(part, below)['States'], `${below}.States`), below);
      }
    }
  };
  collect(states, '');
  return found;
}

function variablesOf(checkDebug: Fields) {
  const assign = isObject(checkDebug['Assign']) ? checkDebug['Assign'] : {};
  const values = isObject(assign['conditions']) ? Object.entries(assign['conditions']) : [];
  const moments = isObject(assign['moments']) ? Object.keys(assign['moments']) : [];
  const conditions = new Map<string, string>();
  for (const [name, value] of values) {
    const text = conditionText(value);
    if (text === undefined) {
      throw unreadable(`Assign.conditions.${name}`, "isn't a condition over the payload");
    }
    conditions.set(name, text);
  }
  return { conditions, moments };
}

function retriersIn(execute: Fields, path: string): readonly Retrier[] {
  const { Retry: retry = [] } = execute;
  const isRetrier = (value: unknown) =>
    isObject(value) &&
    Array.isArray(value['ErrorEquals']) &&
    Number.isInteger(value['MaxAttempts']);
  if (Array.isArray(retry) && retry.every(isRetrier)) return retry as readonly Retrier[];
  throw unreadable(`${path}.Retry`, "isn't a retry policy");
}

function secondsOf(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  throw unreadable('TimeoutSeconds', "isn't a number of seconds");
}
