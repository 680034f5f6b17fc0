import type { StageEnvironment } from './environment.ts';

/** Literal text, or what the stage knows under this name. */
export type StagePart = string | { readonly stage: keyof StageEnvironment };

/**
 * A text of a configuration that the stage completes: its account, its region, the ARN of a
 * resource of it. The template resolves it; no other text of a configuration is ever evaluated.
 */
export class StageText {
  readonly parts: readonly StagePart[];
  /** No object literal is taken for one. */
  readonly #made = true;

  constructor(parts: readonly StagePart[]) {
    this.parts = Object.freeze([...parts]);
  }

  static is(value: unknown): value is StageText {
    return typeof value === 'object' && value !== null && #made in value;
  }

  /** Into a template literal it would go as text, and no stage would complete it. */
  toString(): never {
    throw new TypeError(
      "A stage reference isn't text yet: compose it with stageText`…`, or give it as a whole value.",
    );
  }
}

/** What a target's configuration may say of the stage that it is deployed in. */
export const stageRef: Readonly<Record<keyof StageEnvironment, StageText>> = Object.freeze({
  name: new StageText([{ stage: 'name' }]),
  account: new StageText([{ stage: 'account' }]),
  region: new StageText([{ stage: 'region' }]),
  partition: new StageText([{ stage: 'partition' }]),
});

/** Text around stage references: stageText`reports-${stageRef.account}`. */
export function stageText(
  texts: TemplateStringsArray,
  ...values: readonly (string | StageText)[]
): StageText {
  return new StageText(
    texts.flatMap((text, index): readonly StagePart[] => {
      const value = values[index];
      if (value === undefined) return [text];
      return [text, ...(StageText.is(value) ? value.parts : [value])];
    }),
  );
}

/** The text in one environment. */
export function textIn(parts: readonly StagePart[], environment: StageEnvironment): string {
  return parts.map((part) => (typeof part === 'string' ? part : environment[part.stage])).join('');
}
