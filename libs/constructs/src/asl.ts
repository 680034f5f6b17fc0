import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ConstructError } from './errors.ts';

/** A state machine definition as plain JSON. */
export type Definition = Readonly<Record<string, unknown>>;

/**
 * `${CheckInput}`, in any spelling that others write: CloudFormation leaves what it has no value for as
 * it stands, and CDK says of it no more than that an Fn::Sub is missing. JSONata's `${ "key": … }` is
 * none, nor is a token of CDK's, which has brackets.
 */
const SUBSTITUTION = /\$\{([\w.:-]+)\}/g;

const FILES = ['workflow.asl.yaml', 'workflow.asl.json'];

/**
 * The one definition of a child's folder (absolute), in YAML or in JSON.
 *
 * @throws ConstructError `ASL_MISSING`; `ASL_AMBIGUOUS`, since no one could say which is meant
 */
export function definitionFile(root: string): string {
  const [file, other] = FILES.map((name) => join(root, name)).filter((path) => existsSync(path));
  if (file === undefined) {
    throw new ConstructError(
      'ASL_MISSING',
      `${root} holds neither ${FILES.join(' nor ')}: write the child workflow's states in one of them.`,
    );
  }
  if (other !== undefined) {
    throw new ConstructError(
      'ASL_AMBIGUOUS',
      `${root} holds both ${FILES.join(' and ')}: keep the one you mean and remove the other.`,
    );
  }
  return file;
}

/**
 * Reads a definition as `definitionFile` names it.
 *
 * @throws ConstructError `ASL_INVALID`
 */
export function readDefinition(file: string): Definition {
  const json = file.endsWith('.json');
  const text = readFileSync(file, 'utf8');
  let definition: unknown;
  try {
    definition = json ? JSON.parse(text) : parse(text);
  } catch (cause) {
    throw new ConstructError(
      'ASL_INVALID',
      `${file} is not ${json ? 'JSON' : 'YAML'}: ${(cause as Error).message}`,
      { cause },
    );
  }
  if (typeof definition !== 'object' || definition === null || !('States' in definition)) {
    throw new ConstructError(
      'ASL_INVALID',
      `${file} has no States: it is not a state machine definition.`,
    );
  }
  return definition as Definition;
}

/** `FILE:LINE:COLUMN` of a substitution's first use, in the text as it was written. */
export function placeOfSubstitution(file: string, name: string): string {
  const before = readFileSync(file, 'utf8').split(`\${${name}}`, 1).join('').split('\n');
  return `${file}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

/** The names of all substitutions a definition's text contains, each once, sorted. */
export function substitutionsIn(definitionText: string): string[] {
  return [
    ...new Set(Array.from(definitionText.matchAll(SUBSTITUTION), (match) => match[1] ?? '')),
  ].sort();
}
