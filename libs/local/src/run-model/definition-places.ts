import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readDefinitionText } from '@harmony/engine/validate';
import type { DefinitionText } from '@harmony/engine/validate';
import type { StateMachine } from '@harmony/assembly';
import { isObject } from '@harmony/schema';
import { pointerOf } from '@harmony/schema/paths';

/** A place in a file that a person can open. */
export interface SourcePlace {
  /** Relative to the workspace, with forward slashes. */
  readonly file: string;
  /** Both from 1; absent where the file says nothing of it any more. */
  readonly line?: number;
  readonly column?: number;
}

/** `apps/pond/workflow.asl.yaml:12:3` */
export function placeText({ file, line, column }: SourcePlace): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

/** A state of a definition, and the branches on the way to it. */
export interface StateInDefinition {
  /** JSON Pointer. */
  readonly pointer: string;
  readonly state: Readonly<Record<string, unknown>>;
  /** Of each Parallel on the way: which branch, from 0. */
  readonly branches: ReadonlyMap<string, number>;
}

/** Finds parts of deployed definitions in the files that they were written in. */
export class DefinitionPlaces {
  readonly #root: string;
  readonly #texts = new Map<string, DefinitionText | undefined>();

  /** @param root absolute folder of the workspace */
  constructor(root: string) {
    this.#root = root;
  }

  /** @returns undefined for a machine that was not written in a file of the workspace */
  placeOf(
    { definitionFile, source }: Pick<StateMachine, 'definitionFile' | 'source'>,
    pointer: string,
  ): SourcePlace | undefined {
    const absolute =
      source?.file ?? (definitionFile === undefined ? undefined : join(this.#root, definitionFile));
    if (absolute === undefined) return undefined;
    if (!this.#texts.has(absolute)) this.#texts.set(absolute, this.#read(absolute));
    const text = this.#texts.get(absolute);
    const near = relative(this.#root, absolute).replaceAll(sep, '/');
    const file = near.startsWith('../') ? absolute : near;
    const whole = `${pointerOf(source?.path ?? [])}${pointer}`;
    return text === undefined ? { file } : { file, ...text.at(whole) };
  }

  #read(file: string): DefinitionText | undefined {
    try {
      const text = readDefinitionText(readFileSync(file, 'utf8'));
      return text.problems.length === 0 ? text : undefined;
    } catch {
      // It was moved or removed since the assembly was made.
      return undefined;
    }
  }
}

/**
 * @param path names of states, the outermost first: each a Map or a Parallel but the last
 * @returns undefined when the definition has no such state
 */
export function stateIn(
  definition: Readonly<Record<string, unknown>>,
  path: readonly string[],
): StateInDefinition | undefined {
  const branches = new Map<string, number>();
  let graphs = [{ pointer: '', graph: definition as unknown }];
  let found: { pointer: string; state: Readonly<Record<string, unknown>> } | undefined;
  for (const [depth, name] of path.entries()) {
    found = undefined;
    for (const [index, { pointer, graph }] of graphs.entries()) {
      const states = isObject(graph) ? graph['States'] : undefined;
      const state = isObject(states) ? states[name] : undefined;
      if (!isObject(state)) continue;
      found = { pointer: `${pointer}${pointerOf(['States', name])}`, state };
      const around = path[depth - 1];
      if (around !== undefined && graphs.length > 1) branches.set(around, index);
      break;
    }
    if (found === undefined) return undefined;
    graphs = graphsOf(found.pointer, found.state);
  }
  return found && { ...found, branches };
}

function graphsOf(
  pointer: string,
  state: Readonly<Record<string, unknown>>,
): { pointer: string; graph: unknown }[] {
  const { Branches: branches } = state;
  if (Array.isArray(branches)) {
    return branches.map((graph: unknown, index) => ({
      pointer: `${pointer}/Branches/${index}`,
      graph,
    }));
  }
  const key = state['ItemProcessor'] === undefined ? 'Iterator' : 'ItemProcessor';
  return [{ pointer: `${pointer}/${key}`, graph: state[key] }];
}
