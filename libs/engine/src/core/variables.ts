import { StatesError } from '../errors.ts';
import type { VariableLookup } from '../expressions/types.ts';
import type { Json } from '../json.ts';
import { exceedsBytes, jsonBytes, type Limits } from '../limits.ts';

/**
 * Workflow variables of one scope. The states of a Parallel branch or an inline Map iteration read
 * the scopes around them and assign in their own; a Distributed Map's child starts with none.
 */
export class VariableScope implements VariableLookup {
  readonly #outer: VariableScope | undefined;
  readonly #budget: { bytes: number };
  #values: Map<string, Json> | undefined;
  #sizes: Map<string, number> | undefined;

  constructor(outer?: VariableScope) {
    this.#outer = outer;
    this.#budget = outer === undefined ? { bytes: 0 } : outer.#budget;
  }

  get(name: string): Json | undefined {
    const value = this.#values?.get(name);
    return value !== undefined || this.#outer === undefined ? value : this.#outer.get(name);
  }

  /** Sets several at once. Throws StatesError when a size limit is passed. */
  assign(values: { readonly [name: string]: Json }, limits: Limits): void {
    let assigned = 0;
    for (const name of Object.keys(values)) {
      const value = values[name] as Json;
      if (exceedsBytes(value, limits.variableBytes)) throw tooLarge(`The variable '${name}'`);
      const bytes = cheapBytes(value);
      assigned += bytes;
      this.#sizes ??= new Map();
      this.#budget.bytes += bytes - (this.#sizes.get(name) ?? 0);
      this.#sizes.set(name, bytes);
      this.#values ??= new Map();
      this.#values.set(name, value);
    }
    if (assigned > limits.variableBytes) throw tooLarge('The variables of one Assign field');
    if (this.#budget.bytes > limits.allVariablesBytes) throw tooLarge('All variables together');
  }
}

function cheapBytes(value: Json): number {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return 8;
  return jsonBytes(value);
}

function tooLarge(what: string): StatesError {
  return new StatesError(
    'States.DataLimitExceeded',
    `${what} exceeded the maximum number of bytes service limit.`,
  );
}
