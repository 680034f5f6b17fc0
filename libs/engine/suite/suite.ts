import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject, StateMachineType } from '../src/index.ts';

export type Answer =
  { readonly output: Json } | { readonly error: string; readonly cause?: string };

/** One rule; README.md says what the fields mean. */
export interface SuiteCase {
  readonly name: string;
  readonly source: string;
  readonly definition: JsonObject;
  readonly type?: StateMachineType;
  readonly input: Json;
  readonly answers?: { readonly [stateName: string]: readonly Answer[] };
  readonly objects?: { readonly [path: string]: string };
  readonly machines?: {
    readonly [name: string]: { readonly definition: JsonObject; readonly type?: StateMachineType };
  };
  readonly expect: {
    readonly status?: string;
    readonly output?: Json;
    readonly error?: Json;
    readonly cause?: Json;
    readonly events?: readonly string[];
    readonly refused?: readonly string[];
  };
}

export interface SuiteTheme {
  readonly theme: string;
  readonly cases: readonly SuiteCase[];
}

/** Every file of cases/, by name. */
export function readSuite(): SuiteTheme[] {
  const folder = join(import.meta.dirname, 'cases');
  return readdirSync(folder)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as SuiteTheme);
}
