import { DEBUG_SWITCHES, takesValue } from '@harmony/artifact';
import { isObject } from '@harmony/schema';
import { validateJson } from '@harmony/schema/validate';
import type { StateMachine } from '@harmony/assembly';
import type { Json } from '@harmony/engine';
import { UsageError } from '../../usage-error.ts';
import type { RunFlags } from './flags.ts';
import { refuseSwitches, switches } from './switches.ts';
import type { InputDocument } from './read-input.ts';
import { targetsOf } from '@harmony/local';

interface Issue {
  readonly path: string;
  readonly message: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** What Step Functions and an orchestrator add to a child's input beside payload and configuration. */
const ADDED = ['NeedCallback', 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID', 'runId'];

/**
 * The execution input to run with: the document, checked against the contract in the assembly, and
 * the switches of the command line put into its `debug`.
 * @throws UsageError with every problem, its path and reason
 */
export function checkInput(
  name: string,
  machine: StateMachine,
  document: InputDocument,
  flags: RunFlags,
): Json {
  const { value, source } = document;
  const orchestrator = machine.orchestration !== undefined;
  if (!orchestrator) refuseSwitches(name, flags);
  if (machine.orchestration === undefined && machine.contract === undefined) return value as Json;
  const shape = orchestrator ? '{ payload, debug? }' : '{ payload, configuration }';
  if (!isObject(value)) {
    throw new UsageError(`${source}: the input of ${name} must be an object, ${shape}.`);
  }
  const issues = orchestrator ? orchestratorIssues(machine, value) : childIssues(machine, value);
  if (issues.length > 0) {
    const lines = issues.map(({ path, message }) => `  ${path}: ${message}`);
    throw new UsageError(
      `${source} is not an input of ${name}, which takes ${shape}:\n${lines.join('\n')}`,
    );
  }
  if (!orchestrator) return value as Json;
  const debug = switches(name, machine, flags);
  if (Object.keys(debug).length === 0) return value as Json;
  return { ...value, debug: { ...(value.debug as Fields | undefined), ...debug } } as Json;
}

function orchestratorIssues(machine: StateMachine, input: Fields): Issue[] {
  const schema = machine.orchestration?.payload;
  return [
    ...unknownFields(input, ['payload', 'debug']),
    ...(schema === undefined ? [] : checked('payload', input.payload, schema)),
    ...debugIssues(machine, input.debug),
  ];
}

function childIssues(machine: StateMachine, input: Fields): Issue[] {
  const { contract } = machine;
  if (contract === undefined) return [];
  return [
    ...unknownFields(input, ['payload', 'configuration', ...ADDED]),
    ...checked('payload', input.payload, contract.payload),
    ...checked('configuration', input.configuration, contract.configuration),
  ];
}

function checked(
  path: string,
  value: unknown,
  schema: Parameters<typeof validateJson>[0]['schema'],
): Issue[] {
  if (value === undefined) return [{ path, message: 'is missing' }];
  return validateJson({ schema, value, path });
}

function unknownFields(input: Fields, known: readonly string[]): Issue[] {
  return Object.keys(input)
    .filter((field) => !known.includes(field))
    .map((path) => ({ path, message: 'is not a field of the input' }));
}

/** The switches as the rendered orchestrator takes them; it would fail on the same, but later. */
function debugIssues(machine: StateMachine, debug: unknown): Issue[] {
  if (debug === undefined || debug === null) return [];
  if (!isObject(debug)) return [{ path: 'debug', message: 'must be an object' }];
  const ids = targetsOf(machine).map(({ id }) => id);
  const issues: Issue[] = [];
  for (const [key, value] of Object.entries(debug)) {
    const path = `debug.${key}`;
    const known = DEBUG_SWITCHES.find(({ name }) => name === key);
    if (known === undefined) {
      const names = DEBUG_SWITCHES.map(({ name }) => name).join(', ');
      issues.push({ path, message: `is not a switch (known: ${names})` });
    } else if (Array.isArray(value) && known.takes === 'ids') {
      issues.push(...unknownIds(value, path, ids));
    } else if (!takesValue(known.name, value)) {
      const what = known.takes === 'boolean' ? 'true or false' : 'a list of target ids';
      issues.push({ path, message: `must be ${what}` });
    }
  }
  return issues;
}

function unknownIds(values: readonly unknown[], path: string, ids: readonly string[]): Issue[] {
  return values.flatMap((value, index) =>
    typeof value === 'string' && ids.includes(value)
      ? []
      : [
          {
            path: `${path}[${index}]`,
            message: `${JSON.stringify(value)} names no target (targets: ${ids.join(', ')})`,
          },
        ],
  );
}
