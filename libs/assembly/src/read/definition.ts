import { readTextFile } from '@harmony/errors/text-file';
import { isObject } from '@harmony/schema';
import { parse } from 'yaml';
import { AssemblyError } from '../errors.ts';
import { type JsonObject, objectAt } from './json-file.ts';
import type { LocalFiles } from './local-files.ts';
import type { StandIn } from './stand-ins.ts';
import type { Template } from './template.ts';

interface ReadDefinition {
  readonly value: JsonObject;
  readonly standIns: readonly StandIn[];
  /** Absolute; absent where the template holds it. */
  readonly file?: string;
}

/**
 * The definition of a state machine as it will be deployed, from its template or from the file that
 * the deployment uploads.
 * @throws AssemblyError `DEFINITION_INVALID`, `UNRESOLVED`
 */
export async function readDefinition(
  template: Template,
  name: string,
  properties: JsonObject,
  files: LocalFiles,
): Promise<ReadDefinition> {
  const file = fileOf(template, name, properties, files);
  const source = file === undefined ? undefined : await textOfFile(file, name);
  const { value: text, standIns } = template.tracing(() =>
    substitute(template, source ?? textIn(template, properties), properties),
  );
  let definition: unknown;
  try {
    definition = isYaml(file) ? parse(text) : JSON.parse(text);
  } catch (cause) {
    const what = isYaml(file) ? 'YAML' : 'JSON';
    throw invalid(
      `The definition of state machine ${name}${file === undefined ? '' : `, ${file},`} is not ${what}: ${(cause as Error).message}`,
      cause,
    );
  }
  if (isObject(definition)) {
    return { value: definition, standIns, ...(file !== undefined && { file }) };
  }
  throw invalid(`The definition of state machine ${name} isn't an object.`);
}

/** Undefined where the template itself holds the definition. */
function fileOf(
  template: Template,
  name: string,
  { DefinitionString, Definition, DefinitionS3Location }: JsonObject,
  files: LocalFiles,
): string | undefined {
  if (DefinitionString !== undefined || Definition !== undefined) return undefined;
  if (DefinitionS3Location === undefined) {
    throw invalid(
      `State machine ${name} has no definition: give it DefinitionString, Definition or DefinitionS3Location.`,
    );
  }
  const location = template.resolve(DefinitionS3Location);
  const reference = isObject(location) ? location['Key'] : location;
  const file = typeof reference === 'string' ? files.find(reference) : undefined;
  if (file !== undefined) return file;
  throw invalid(
    `The definition of state machine ${name} is not here: ${JSON.stringify(location)} names no file of this machine.`,
  );
}

async function textOfFile(file: string, name: string): Promise<string> {
  try {
    return await readTextFile(file);
  } catch (cause) {
    throw invalid(
      `The definition of state machine ${name} cannot be read: ${(cause as Error).message}`,
      cause,
    );
  }
}

function textIn(template: Template, { DefinitionString, Definition }: JsonObject): string {
  return DefinitionString === undefined
    ? JSON.stringify(template.resolve(Definition))
    : template.text(DefinitionString);
}

/** DefinitionSubstitutions: `${Name}` becomes its value; every other text stays as it is. */
function substitute(template: Template, text: string, properties: JsonObject): string {
  let result = text;
  for (const [name, value] of Object.entries(objectAt(properties, 'DefinitionSubstitutions'))) {
    result = result.replaceAll(`\${${name}}`, () => template.text(value));
  }
  return result;
}

function isYaml(file: string | undefined): boolean {
  return file !== undefined && /\.ya?ml$/.test(file);
}

function invalid(message: string, cause?: unknown): AssemblyError {
  return new AssemblyError('DEFINITION_INVALID', message, { cause });
}
