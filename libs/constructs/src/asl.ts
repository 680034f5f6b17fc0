import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ConstructError } from './errors.ts';

/** A state machine definition as plain JSON. */
export type Definition = Readonly<Record<string, unknown>>;

/** `${CheckInput}`: what DefinitionSubstitutions replaces. JSONata's `${ "key": … }` is not one. */
const SUBSTITUTION = /\$\{([A-Za-z][A-Za-z0-9]*)\}/g;

/**
 * Reads a `workflow.asl.yaml`.
 *
 * @throws ConstructError `ASL_MISSING`, `ASL_INVALID`
 */
export function readDefinition(file: string): Definition {
  if (!existsSync(file)) {
    throw new ConstructError(
      'ASL_MISSING',
      `${file} does not exist: a child workflow's states are in it.`,
    );
  }
  let definition: unknown;
  try {
    definition = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new ConstructError('ASL_INVALID', `${file} is not YAML: ${(cause as Error).message}`, {
      cause,
    });
  }
  if (typeof definition !== 'object' || definition === null || !('States' in definition)) {
    throw new ConstructError(
      'ASL_INVALID',
      `${file} has no States: it is not a state machine definition.`,
    );
  }
  return definition as Definition;
}

/** The names of all substitutions a definition's text contains, each once, sorted. */
export function substitutionsIn(definitionText: string): string[] {
  return [
    ...new Set(Array.from(definitionText.matchAll(SUBSTITUTION), (match) => match[1] ?? '')),
  ].sort();
}
