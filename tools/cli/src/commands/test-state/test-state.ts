import { dirname, resolve } from 'node:path';
import {
  Engine,
  EngineError,
  InvalidDefinition,
  type Json,
  type JsonObject,
  type TestStateOptions,
} from '@harmony/engine';
import { readDefinitionText } from '@harmony/engine/validate';
import { isObject } from '@harmony/schema';
import type { ExitStatus } from '../../command.ts';
import type { Io } from '../../io.ts';
import { UsageError } from '../../usage-error.ts';
import { jsonOf } from '../../input/json-of.ts';
import { readText } from '../../input/read-text.ts';
import type { TestStateFlags } from './flags.ts';

/**
 * Prints what the TestState API would answer, as one JSON document.
 * @returns 1 when the state failed and nothing retries or catches that
 * @throws UsageError for a file, a value or an option that cannot be used
 */
export async function testStateOfFile(
  file: string,
  flags: TestStateFlags,
  io: Io,
): Promise<ExitStatus> {
  const definition = await readDefinition(file, io);
  const input = (await readJson('input', flags.input, io)) ?? {};
  const part = async (name: 'mock' | 'context' | 'variables' | 'configuration') => {
    const value = await readJson(name, flags[name], io);
    if (value === undefined || isObject(value)) return value;
    throw new UsageError(`--${name} must be a JSON object.`);
  };
  const { state, retryCount, inspectionLevel } = flags;
  const [mock, context, variables, stateConfiguration] = [
    await part('mock'),
    await part('context'),
    await part('variables'),
    await part('configuration'),
  ];
  const options: TestStateOptions = {
    inspectionLevel,
    ...(state !== undefined && { stateName: state }),
    ...(mock !== undefined && { mock }),
    ...(context !== undefined && { context }),
    ...(variables !== undefined && { variables }),
    ...(stateConfiguration !== undefined && { stateConfiguration }),
    ...(retryCount !== undefined && { retryCount }),
  };
  if (mock !== undefined) await refuseMock(file, definition, options, io);
  const result = await answered(file, () => Engine.testState(definition, input, options));
  io.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  return result.status === 'FAILED' ? 1 : 0;
}

/** As the API does, a mock is held to what the state's call can give. */
async function refuseMock(
  file: string,
  definition: JsonObject,
  { stateName, mock = {} }: TestStateOptions,
  { cwd }: Io,
): Promise<void> {
  const { refusedOfMock } = await import('@harmony/contract-checks/lint');
  const folders = [dirname(resolve(cwd, file)), import.meta.dirname];
  const refused = refusedOfMock(definition, stateName, mock, folders);
  if (refused.length === 0) return;
  throw new UsageError(
    `--mock is not what the call of ${file} gives:\n  ${refused.join('\n  ')}\nMend it, or say "fieldValidationMode": "PRESENT" or "NONE" in it.`,
  );
}

/** What the API refuses is the caller's to mend. */
async function answered<T>(file: string, test: () => Promise<T>): Promise<T> {
  try {
    return await test();
  } catch (error) {
    if (error instanceof InvalidDefinition) {
      const reasons = error.diagnostics.map(({ pointer, message }) => `${pointer}: ${message}`);
      throw new UsageError(`${file} is not valid:\n  ${reasons.join('\n  ')}`, { cause: error });
    }
    if (error instanceof EngineError) {
      throw new UsageError(`${file}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

async function readDefinition(file: string, io: Io): Promise<JsonObject> {
  const { value, problems } = readDefinitionText(await readText(file, '', io));
  const [problem] = problems;
  if (problem !== undefined) {
    throw new UsageError(`${file}:${problem.line}:${problem.column}: ${problem.message}`);
  }
  if (isObject(value as Json)) return value as JsonObject;
  throw new UsageError(`${file} holds no state machine and no state: an object is expected.`);
}

/** A file, `-` for standard input, or the JSON itself. */
async function readJson(
  name: string,
  given: string | undefined,
  io: Io,
): Promise<Json | undefined> {
  if (given === undefined) return undefined;
  const inline = /^\s*(?:[{["]|-?\d|(?:true|false|null)\s*$)/.test(given);
  const source = inline ? `--${name}` : given === '-' ? 'standard input' : given;
  const text = inline
    ? given
    : given === '-'
      ? await io.stdin()
      : await readText(given, `the ${name}`, io);
  return jsonOf(text, source, `the ${name}`) as Json;
}
