import { type Document, type YAMLMap } from 'yaml';
import { GeneratorError } from '../../shared/generator-error.ts';
import { functionsIn } from './functions.ts';
import { documentOf, type Foreign } from './read-foreign.ts';
import { rename, renamed, type Substitution } from './substitutions.ts';

/** A definition made a child's. */
export interface BroughtIn {
  readonly text: string;
  readonly definition: unknown;
  readonly substitutions: readonly Substitution[];
  /** Seconds; undefined where the definition had none. */
  readonly timeout?: number;
  readonly leftToDo: readonly string[];
}

const CHECK_INPUT = 'Check input';
/** Fields that take a number: a substitution would be a text there. */
const NUMERIC =
  /^(Numeric\w+|\w*Seconds|MaxConcurrency|MaxAttempts|BackoffRate|Tolerated\w+|MaxItems\w*|Index)$/;

/**
 * The definition with *Check input* as its first state and our substitutions, otherwise as it was:
 * what it read as its input is the payload now.
 *
 * @throws GeneratorError `SOURCE_UNEXPECTED`
 */
export function bringIn(foreign: Foreign): BroughtIn {
  // The construct puts the partition into it.
  const text = foreign.text.replaceAll('arn:${AWS::Partition}:states:::', 'arn:aws:states:::');
  const { functions, elsewhere } = functionsIn(documentOf({ text }).toJS());
  const substitutions = renamed(text, functions);
  const document = documentOf({ text: rename(text, substitutions) });
  for (const { was, name } of substitutions) {
    for (const at of functions.get(was) ?? []) document.setIn(at, `\${${name}}`);
  }
  const timeout: unknown = document.get('TimeoutSeconds');
  document.delete('TimeoutSeconds');
  addCheckInput(document, foreign.file);
  const definition: unknown = document.toJS();
  return {
    text:
      foreign.format === 'json'
        ? `${JSON.stringify(definition, null, 2)}\n`
        : document.toString({ lineWidth: 100 }),
    definition,
    substitutions,
    ...(typeof timeout === 'number' && { timeout }),
    leftToDo: leftToDo(definition, substitutions, elsewhere),
  };
}

function addCheckInput(document: Document, file: string): void {
  const states = document.get('States') as YAMLMap;
  if (states.has(CHECK_INPUT)) {
    throw new GeneratorError(
      'SOURCE_UNEXPECTED',
      `${file} has a state "${CHECK_INPUT}" already, which the generator adds: rename that one first.`,
    );
  }
  const isJsonata = document.get('QueryLanguage') === 'JSONata';
  const state = document.createPair(CHECK_INPUT, {
    Type: 'Task',
    Comment: 'Later states read the payload that this one returns; no service is called before it.',
    Resource: 'arn:aws:states:::lambda:invoke',
    ...(isJsonata
      ? {
          Arguments: {
            FunctionName: '${CheckInput}',
            Payload: { context: '{% $states.context %}', input: '{% $states.input %}' },
          },
          Output: '{% $states.result.Payload.payload %}',
        }
      : {
          Parameters: {
            FunctionName: '${CheckInput}',
            Payload: { 'context.$': '$$', 'input.$': '$' },
          },
          OutputPath: '$.Payload.payload',
        }),
    TimeoutSeconds: 60,
    Next: document.get('StartAt'),
  });
  states.items.unshift(state as (typeof states.items)[number]);
  document.set('StartAt', CHECK_INPUT);
}

function leftToDo(
  definition: unknown,
  substitutions: readonly Substitution[],
  elsewhere: readonly string[],
): readonly string[] {
  const handlers = substitutions.flatMap(({ was, handler }) =>
    handler === undefined
      ? []
      : [
          `Bring the code of \`\${${was}}\` to \`src/handlers/${handler}.ts\`, and take its answers out of \`mocks.json\`.`,
        ],
  );
  const values = substitutions
    .filter(({ handler, pseudo }) => handler === undefined && pseudo === undefined)
    .map(
      ({ was, name }) =>
        `Give \`\${${name}}\` (\`\${${was}}\` before) a value, in \`substitutions\` in \`src/workflow.ts\`; until then nothing is synthesised.`,
    );
  const functions = elsewhere.map(
    (name) =>
      `\`${name}\` is a function that is deployed elsewhere: make it a handler, or let the role invoke it, in \`policies\` in \`src/workflow.ts\`.`,
  );
  const places = [...visit(definition, '')].flatMap(({ at, key, value }) => {
    const text = typeof value === 'string' ? value : '';
    if (NUMERIC.test(key) && /^\$\{\w+\}$/.test(text)) {
      return [`${at} takes a number, and ${text} gives a text: write the number there.`];
    }
    if (at.startsWith(`/States/${CHECK_INPUT}/`) || !text.includes('Execution.Input')) return [];
    return [`${at} reads the execution's whole input: its fields are in \`.payload\` there now.`];
  });
  return [...handlers, ...values, ...functions, ...places];
}

function* visit(
  value: unknown,
  at: string,
): Generator<{ readonly at: string; readonly key: string; readonly value: unknown }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const inner = `${at}/${key}`;
    yield { at: inner, key, value: item };
    yield* visit(item, inner);
  }
}
