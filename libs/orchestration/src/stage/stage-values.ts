import type { Json } from '@harmony/schema';
import type { StageEnvironment } from './environment.ts';
import type { StagePart } from './stage-text.ts';
import { StageText, textIn } from './stage-text.ts';

type Keys = readonly (string | number)[];

/** A stage's text in a configuration, and where it stands. */
export interface FoundStageText {
  readonly at: Keys;
  readonly parts: readonly StagePart[];
}

/** Takes the stage's texts out of a configuration; `''` is left where each was. */
export function takeStageTexts(value: unknown): {
  readonly configuration: unknown;
  readonly stageTexts: readonly FoundStageText[];
} {
  const stageTexts: FoundStageText[] = [];
  const configuration = mapValues(value, (item, at) => {
    if (!StageText.is(item)) return item;
    stageTexts.push({ at, parts: item.parts });
    return '';
  });
  return { configuration, stageTexts };
}

/** The configuration as one environment has it. */
export function inEnvironment(
  configuration: Json,
  stageTexts: readonly FoundStageText[],
  environment: StageEnvironment,
): Json {
  if (stageTexts.length === 0) return configuration;
  const texts = new Map(
    stageTexts.map(({ at, parts }) => [JSON.stringify(at), textIn(parts, environment)]),
  );
  return mapValues(configuration, (item, at) => texts.get(JSON.stringify(at)) ?? item) as Json;
}

/** A copy with every value that is no list and no plain object given by `leaf`. */
function mapValues(
  value: unknown,
  leaf: (value: unknown, at: Keys) => unknown,
  at: Keys = [],
): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => mapValues(item, leaf, [...at, index]));
  }
  if (!isPlain(value)) return leaf(value, at);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapValues(item, leaf, [...at, key])]),
  );
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
