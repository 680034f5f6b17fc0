import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { QueryLanguage, ResolvedOptions } from './diagnostic.ts';
import { below } from '../pointer.ts';

/** A machine, a Parallel's branch or a Map's processor: what has StartAt and States. */
export interface ScopeSite {
  readonly kind: 'machine' | 'branch' | 'processor';
  readonly value: JsonObject;
  readonly pointer: string;
  readonly states: readonly StateSite[];
  /** The variables that states of this scope assign, and where. */
  readonly assigned: ReadonlyMap<string, readonly string[]>;
  /** The names that outer scopes assign, whose variables can be read but not assigned here. */
  readonly outer: ReadonlySet<string>;
  /** `type` is that of the executions which run this scope. */
  readonly options: ResolvedOptions;
}

/** One state of a definition and where it stands. */
export interface StateSite {
  readonly name: string;
  readonly value: JsonObject;
  readonly pointer: string;
  readonly queryLanguage: QueryLanguage;
  /** The state machine's own. */
  readonly machineLanguage: QueryLanguage;
  readonly options: ResolvedOptions;
  /** Names of the variables that some state assigns and this one may read. */
  readonly variables: ReadonlySet<string>;
}

/** Every scope of a definition, outermost first. Parts that are no objects are left out. */
export function collectScopes(definition: JsonObject, options: ResolvedOptions): ScopeSite[] {
  const machineLanguage = definition['QueryLanguage'] === 'JSONata' ? 'JSONata' : 'JSONPath';
  const scopes: ScopeSite[] = [];
  const visit = (
    { kind, value, pointer, options }: InnerScope,
    around: ReadonlySet<string>,
  ): void => {
    const assigned = assignedIn(value, pointer, machineLanguage);
    // The children of a Distributed Map are executions of their own: they share no variables.
    const outer = isDistributed(value) ? new Set<string>() : around;
    const variables = new Set([...outer, ...assigned.keys()]);
    const states = isObject(value['States']) ? Object.entries(value['States']) : [];
    const sites = states.flatMap(([name, state]): StateSite[] =>
      isObject(state)
        ? [
            {
              name,
              value: state,
              pointer: below(pointer, 'States', name),
              queryLanguage: languageOf(state['QueryLanguage'], machineLanguage),
              machineLanguage,
              options,
              variables,
            },
          ]
        : [],
    );
    scopes.push({ kind, value, pointer, states: sites, assigned, outer, options });
    for (const site of sites) {
      for (const inner of innerScopes(site)) visit(inner, variables);
    }
  };
  visit({ kind: 'machine', value: definition, pointer: '', options }, new Set());
  return scopes;
}

/** Assign of states, of choice rules and of catchers. */
function assignedIn(
  scope: JsonObject,
  pointer: string,
  machineLanguage: QueryLanguage,
): Map<string, string[]> {
  const assigned = new Map<string, string[]>();
  const add = (assign: Json | undefined, at: string, language: QueryLanguage): void => {
    if (!isObject(assign)) return;
    for (const key of Object.keys(assign)) {
      const name = language === 'JSONPath' && key.endsWith('.$') ? key.slice(0, -2) : key;
      assigned.set(name, [...(assigned.get(name) ?? []), below(at, key)]);
    }
  };
  for (const [name, state] of Object.entries(isObject(scope['States']) ? scope['States'] : {})) {
    if (!isObject(state)) continue;
    const language = languageOf(state['QueryLanguage'], machineLanguage);
    const at = below(pointer, 'States', name);
    add(state['Assign'], below(at, 'Assign'), language);
    for (const field of ['Choices', 'Catch']) {
      const items = state[field];
      if (!Array.isArray(items)) continue;
      items.forEach((item, index) => {
        if (isObject(item)) add(item['Assign'], below(at, field, index, 'Assign'), language);
      });
    }
  }
  return assigned;
}

/** Any value but `JSONPath` and none makes a state JSONata; a wrong one is reported elsewhere. */
function languageOf(value: Json | undefined, machineLanguage: QueryLanguage): QueryLanguage {
  if (value === undefined) return machineLanguage;
  return value === 'JSONPath' ? 'JSONPath' : 'JSONata';
}

type InnerScope = Pick<ScopeSite, 'kind' | 'value' | 'pointer' | 'options'>;

function innerScopes(site: StateSite): InnerScope[] {
  const { options } = site;
  const { Type: type, Branches: branches } = site.value;
  if (type === 'Parallel' && Array.isArray(branches)) {
    return branches.flatMap((value, index): InnerScope[] => {
      const pointer = below(site.pointer, 'Branches', index);
      return isObject(value) ? [{ kind: 'branch', value, pointer, options }] : [];
    });
  }
  if (type !== 'Map') return [];
  return ['ItemProcessor', 'Iterator'].flatMap((field): InnerScope[] => {
    const value = site.value[field];
    if (!isObject(value)) return [];
    const pointer = below(site.pointer, field);
    const own: ResolvedOptions = isExpress(value) ? { ...options, type: 'EXPRESS' } : options;
    return [{ kind: 'processor', value, pointer, options: own }];
  });
}

/**
 * Whether a Map's processor runs as Express child workflows, whatever machine it is part of: those
 * have Express workflows' restrictions.
 * https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html
 */
function isExpress(processor: JsonObject): boolean {
  const { ProcessorConfig: config } = processor;
  return isDistributed(processor) && isObject(config) && config['ExecutionType'] === 'EXPRESS';
}

/** Whether this is the processor of a Distributed Map. */
export function isDistributed({ ProcessorConfig: config }: JsonObject): boolean {
  return isObject(config) && config['Mode'] === 'DISTRIBUTED';
}
