import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { StateMachine } from '@harmony/assembly';
import type { Io } from '../../io.ts';
import { UsageError } from '../../usage-error.ts';
import { findJsonFault } from './json-fault.ts';

/** An execution's input, and what to call it in messages. */
export interface InputDocument {
  readonly source: string;
  readonly value: unknown;
}

/**
 * Reads the execution input: a file, `-` for standard input, or the workflow's example.
 * @throws UsageError when it cannot be read or is not JSON, with file, line and column
 */
export async function readInput(
  given: string | undefined,
  workflow: { readonly name: string; readonly machine: StateMachine; readonly root: string },
  io: Io,
): Promise<InputDocument> {
  if (given === '-') return parse(await io.stdin(), 'standard input');
  const file =
    given === undefined ? exampleOf(workflow.name, workflow.machine) : resolve(io.cwd, given);
  const source = given ?? relative(io.cwd, resolve(workflow.root, file));
  let text: string;
  try {
    text = await readFile(resolve(workflow.root, file), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new UsageError(
      given === undefined
        ? `${workflow.name} needs an input: give one with --input FILE (- for standard input), or put an example in ${source}.`
        : `the input ${source} cannot be read (${code}).`,
      { cause: error },
    );
  }
  return parse(text, source);
}

/** What is run where no input is named; relative to the workspace. */
function exampleOf(name: string, machine: StateMachine): string {
  return machine.orchestration === undefined && machine.mocks !== undefined
    ? join(dirname(machine.mocks), 'example.json')
    : join('infra', 'examples', `${name}.json`);
}

function parse(text: string, source: string): InputDocument {
  // Editors on Windows put a byte order mark first; JSON has none.
  const json = text.replace(/^\uFEFF/, '');
  const fault = findJsonFault(json);
  if (fault === undefined) return { source, value: JSON.parse(json) as unknown };
  throw new UsageError(
    `${source}:${fault.line}:${fault.column}: the input is not JSON: ${fault.reason}.`,
  );
}
