import type { ContractDocument } from '@harmony/contract';
import type { JsonSchema } from '@harmony/schema';
import { alternatives, declaredField, declaredItem, declaredNames } from './declared.ts';
import type { Fact } from './fact.ts';

type Declared = Extract<Fact, { kind: 'declared' }>;

/** Levels into a recursive schema. */
const MAX_DEPTH = 10;

/** Which declared values something reads: a service, a handler, a decision, the child's output. */
export class Usage {
  readonly #used = new Set<string>();
  readonly #whole = new Set<string>();

  /** The whole value is given away: nobody can say which parts of it are read. */
  consume(fact: Fact, depth = 0): void {
    if (depth > MAX_DEPTH) return;
    switch (fact.kind) {
      case 'declared':
        if (fact.absentAtTimes) return;
        if (this.#whole.has(fact.path)) return;
        this.#used.add(fact.path);
        this.#whole.add(fact.path);
        for (const child of parts(fact)) this.consume(child, depth + 1);
        return;
      case 'object':
        for (const { fact: inner } of fact.fields.values()) this.consume(inner, depth + 1);
        if (fact.base) this.consume(fact.base, depth + 1);
        return;
      case 'array':
        return this.consume(fact.item, depth + 1);
      case 'either':
        for (const option of fact.options) this.consume(option, depth + 1);
        return;
      default:
    }
  }

  /** Only whether it is there, or how many, is looked at. */
  touch(fact: Fact): void {
    if (fact.kind === 'declared') this.#used.add(fact.path);
    if (fact.kind === 'either') for (const option of fact.options) this.touch(option);
  }

  /** Fields of payload and configuration that are declared and never read; of nested ones the outermost. */
  unused(contract: ContractDocument): string[] {
    return (['payload', 'configuration'] as const).flatMap((part) => {
      const schema: JsonSchema = contract[part];
      return this.#unusedIn({ kind: 'declared', schema, root: schema, path: part }, 0);
    });
  }

  #unusedIn(fact: Declared, depth: number): string[] {
    if (depth > 8) return [];
    return parts(fact).flatMap((child) =>
      this.#isRead(child, 0) ? this.#unusedIn(child, depth + 1) : [child.path],
    );
  }

  #isRead(fact: Declared, depth: number): boolean {
    if (this.#used.has(fact.path)) return true;
    return depth < 8 && parts(fact).some((child) => this.#isRead(child, depth + 1));
  }
}

/** Fields and items of a declared value, each once. */
function parts(fact: Declared): Declared[] {
  const found = new Map<string, Declared>();
  for (const option of alternatives(fact)) {
    for (const name of declaredNames(option)) {
      const field = declaredField(option, name)?.fact;
      if (field) found.set(field.path, field);
    }
    const item = declaredItem(option);
    if (item) found.set(item.path, item);
  }
  return [...found.values()];
}
