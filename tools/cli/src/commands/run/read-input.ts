import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { StateMachine } from '@harmony/assembly';
import { jsonOf } from '../../input/json-of.ts';
import { readText } from '../../input/read-text.ts';
import type { Io } from '../../io.ts';
import { UsageError } from '../../usage-error.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_INPUT_BYTES = 262_144;

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
  workflow: {
    readonly name: string;
    readonly machine: StateMachine;
    readonly root: string;
    readonly file: boolean;
  },
  io: Io,
): Promise<InputDocument> {
  if (given === '-') return parse(await io.stdin(), 'standard input');
  // A foreign state machine has no example; AWS's own default is an empty object.
  if (given === undefined && workflow.file) return { source: 'the input', value: {} };
  const file =
    given === undefined ? exampleOf(workflow.name, workflow.machine) : resolve(io.cwd, given);
  const source = given ?? relative(io.cwd, resolve(workflow.root, file));
  if (given === undefined && !existsSync(resolve(workflow.root, file))) {
    throw new UsageError(
      `${workflow.name} needs an input: give one with --input FILE (- for standard input), or put an example in ${source}.`,
    );
  }
  return parse(await readText(source, 'the input', io), source);
}

/** What is run where no input is named; relative to the workspace. */
function exampleOf(name: string, machine: StateMachine): string {
  return machine.orchestration === undefined && machine.mocks !== undefined
    ? join(dirname(machine.mocks), 'example.json')
    : join('infra', 'examples', `${name}.json`);
}

function parse(text: string, source: string): InputDocument {
  const value = jsonOf(text, source, 'the input');
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes <= MAX_INPUT_BYTES) return { source, value };
  throw new UsageError(
    `${source}: the input has ${bytes.toLocaleString('en-US')} bytes of JSON; Step Functions takes at most ${MAX_INPUT_BYTES.toLocaleString('en-US')}.`,
  );
}
