import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientPackage } from './client-package.ts';
import { moduleValues } from './module-values.ts';

/**
 * A schema as a client's `dist-es/schemas` writes it: a number for a simple type, an array that
 * begins with its kind, or a function that gives one of these.
 */
export type Schema = number | string | readonly unknown[] | (() => Schema);

/** The first element of a schema that is an array (`StaticSchema` of `@smithy/types`). */
export const KIND = { simple: 0, list: 1, map: 2, structure: 3, union: 4, error: -3, operation: 9 };

/** What a client's package says of its service. */
export interface ClientSchemas {
  /** `Cost Explorer`. */
  readonly serviceId: string;
  /** By the API's own name: input and output. */
  readonly operations: ReadonlyMap<string, readonly [input: Schema, output: Schema]>;
  /** Names of the structures that are errors. */
  readonly errors: readonly string[];
}

/** Undefined for a package without schemas: one from before 2025-11, which carried none. */
export function readSchemas({ folder }: ClientPackage): ClientSchemas | undefined {
  const schemas = join(folder, 'dist-es', 'schemas');
  let files: readonly string[];
  let config: string;
  try {
    files = readdirSync(schemas).filter((name) => name.endsWith('.js'));
    config = readFileSync(join(folder, 'dist-es', 'runtimeConfig.shared.js'), 'utf8');
  } catch {
    return undefined;
  }
  const serviceId = /serviceId: .*"([^"]+)"/.exec(config)?.[1];
  if (files.length !== 1 || serviceId === undefined) return undefined;
  const file = join(schemas, files[0] as string);
  const values = Object.values(moduleValues(readFileSync(file, 'utf8'), file)).filter(
    (value): value is readonly unknown[] => Array.isArray(value),
  );
  const operations = values
    .filter(([kind]) => kind === KIND.operation)
    .map(
      ([, , name, , input, output]) =>
        [name as string, [input as Schema, output as Schema] as const] as const,
    );
  return {
    serviceId,
    operations: new Map(operations),
    errors: values.filter(([kind]) => kind === KIND.error).map(([, , name]) => name as string),
  };
}
