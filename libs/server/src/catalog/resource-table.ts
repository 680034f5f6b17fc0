import type { Store } from '../store/store.ts';

/** Resources of one kind by ARN: in memory for reading, in the store for the next start. */
export class ResourceTable<T extends object> {
  readonly #store: Store;
  readonly #kind: string;
  readonly #all: Map<string, T>;

  constructor(store: Store, kind: string) {
    this.#store = store;
    this.#kind = kind;
    this.#all = store.resources<T>(kind);
  }

  get(arn: string): T | undefined {
    return this.#all.get(arn);
  }

  /** In the order in which they were made. */
  all(): T[] {
    return [...this.#all.values()];
  }

  put(arn: string, resource: T): T {
    this.#all.set(arn, resource);
    this.#store.putResource(this.#kind, arn, resource);
    return resource;
  }

  delete(arn: string): void {
    this.#all.delete(arn);
    this.#store.deleteResource(this.#kind, arn);
  }
}
