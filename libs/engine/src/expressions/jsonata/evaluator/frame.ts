/** Where a name is looked up that no expression binds: variables, functions. */
export type Outermost = (name: string) => unknown;

/**
 * The names that are bound in one block, function call or tuple. A Map, so that no name reaches
 * JavaScript's own objects.
 */
export class Frame {
  readonly #outer: Frame | Outermost;
  #values: Map<string, unknown> | undefined;

  constructor(outer: Frame | Outermost) {
    this.#outer = outer;
  }

  bind(name: string, value: unknown): void {
    this.#values ??= new Map();
    this.#values.set(name, value);
  }

  lookup(name: string): unknown {
    const value = this.#values?.get(name);
    if (value !== undefined || this.#values?.has(name) === true) return value;
    return this.#outer instanceof Frame ? this.#outer.lookup(name) : this.#outer(name);
  }

  /** One that sees a tuple's bindings. */
  static of(tuple: Tuple, outer: Frame): Frame {
    const frame = new Frame(outer);
    for (const [name, value] of Object.entries(tuple)) frame.bind(name, value);
    return frame;
  }
}

/** What a path has bound on its way to one item: `@` is the item. No prototype. */
export type Tuple = Record<string, unknown>;

export function tupleOf(item: unknown, from?: Tuple): Tuple {
  const tuple = Object.assign(Object.create(null) as Tuple, from);
  tuple['@'] = item;
  return tuple;
}
