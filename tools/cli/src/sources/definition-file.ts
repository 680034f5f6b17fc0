import { basename, resolve } from 'node:path';
import type { StateMachine } from '@harmony/assembly';
import { readDefinitionText } from '@harmony/engine/validate';
import { isObject } from '@harmony/schema';
import { jsonOf } from '../input/json-of.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../usage-error.ts';
import { readSubstitutions, substitute } from './substitutions.ts';

export interface DefinitionOptions {
  readonly substitutions: readonly string[];
  readonly type: StateMachine['type'];
}

/**
 * The state machine that a file with nothing but a definition is, named after it. What has no value
 * is told on standard error.
 * @throws UsageError where it cannot be read as JSON or YAML
 */
export async function machineOfFile(
  file: string,
  source: string,
  { substitutions, type }: DefinitionOptions,
  io: Io,
): Promise<StateMachine> {
  const given = await readSubstitutions(substitutions, io);
  const { text, undefined: missing } = substitute(source, given);
  // YAML is nearly a superset of JSON; a `.json` file must be the real thing.
  if (file.endsWith('.json')) jsonOf(text, file, 'the definition');
  const { value, problems } = readDefinitionText(text);
  const [problem] = problems;
  if (problem !== undefined) {
    throw new UsageError(`${file}:${problem.line}:${problem.column}: ${problem.message}`);
  }
  if (!isObject(value)) throw new UsageError(`${file} holds no state machine: it isn't an object.`);
  for (const { name, value: standIn, line, column } of missing) {
    io.stderr.write(
      `${file}:${line}:${column}: \${${name}} has no value; ${standIn} stands in for it. Give one with --substitutions ${name}=VALUE\n`,
    );
  }
  const name = nameOfFile(file);
  return {
    ...{ stage: '', stack: name, logicalId: name, name, type, definition: value },
    arn: `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`,
    roleArn: `arn:aws:iam::123456789012:role/${name}`,
    source: { file: resolve(io.cwd, file), path: [] },
    policies: [],
    foreignPolicies: [],
  };
}

/** `orders` for `defs/orders.asl.json`; what a name may not have becomes a hyphen. */
function nameOfFile(file: string): string {
  const [stem = ''] = basename(file).split('.');
  return stem.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 80) || 'state-machine';
}
