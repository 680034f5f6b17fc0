import type { Template } from './template.ts';

interface Exported {
  readonly stage: string;
  readonly template: Template;
  readonly output: string;
}

/** What the stacks of an assembly export for others to import: resolved when somebody asks. */
export class Exports {
  readonly #stacks: { readonly template: Template; readonly stage: string }[] = [];
  #byName: Map<string, Exported[]> | undefined;
  readonly #asked = new Set<string>();

  add(template: Template, stage: string): void {
    this.#stacks.push({ template, stage });
  }

  /**
   * @param to who asks; the stand-ins in the value are theirs from then on
   * @param stage whose exports come first: the stages of an assembly may use the same names
   * @returns undefined where no stack exports the name, or the value asks for itself
   */
  value(to: Template, stage: string, name: string): unknown {
    if (this.#asked.has(name)) return undefined;
    this.#asked.add(name);
    try {
      this.#byName ??= this.#read();
      const all = this.#byName.get(name) ?? [];
      const found = all.find((exported) => exported.stage === stage) ?? all[0];
      return found === undefined ? undefined : to.borrow(found.template, found.output);
    } finally {
      this.#asked.delete(name);
    }
  }

  #read(): Map<string, Exported[]> {
    const byName = new Map<string, Exported[]>();
    for (const { template, stage } of this.#stacks) {
      for (const [name, output] of template.exports()) {
        byName.set(name, [...(byName.get(name) ?? []), { stage, template, output }]);
      }
    }
    return byName;
  }
}
