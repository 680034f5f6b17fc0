import { type Document, isMap, parseDocument, type YAMLMap } from 'yaml';
import { GeneratorError } from '../shared/generator-error.ts';

interface Names {
  readonly camel: string;
  readonly pascal: string;
  /** Name of the new state. */
  readonly state: string;
}

const retry = [
  {
    ErrorEquals: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.TooManyRequestsException',
    ],
    IntervalSeconds: 1,
    BackoffRate: 2,
    MaxAttempts: 4,
    JitterStrategy: 'FULL',
  },
];

/**
 * Adds a Lambda Task between *Check input* and what follows it; its result goes into a field of its
 * own, which nothing reads yet. Comments and order of the definition stay. JSON is YAML, too.
 *
 * @throws GeneratorError `SOURCE_UNEXPECTED`, `NAME_TAKEN`
 */
export function addTaskAfterCheckInput(file: string, text: string, names: Names): string {
  const document = parseDocument(text);
  const states = document.get('States');
  const first = isMap(states) ? states.get('Check input') : undefined;
  if (document.errors.length > 0 || !isMap(states) || !isMap(first)) {
    throw new GeneratorError(
      'SOURCE_UNEXPECTED',
      `${file} has no state "Check input", after which the new one would come: add it by hand.`,
    );
  }
  if (states.has(names.state)) {
    throw new GeneratorError('NAME_TAKEN', `${file} has a state "${names.state}" already.`);
  }
  const language = first.get('QueryLanguage') ?? document.get('QueryLanguage');
  const task = {
    Type: 'Task',
    Comment: 'Its result is not read yet: hand over what it needs, and read what it answers.',
    Resource: 'arn:aws:states:::lambda:invoke',
    ...(language === 'JSONata' ? jsonata(names) : jsonPath(names)),
    TimeoutSeconds: 60,
    Retry: retry,
    ...following(first),
  };
  insertAfter(document, states, 'Check input', names.state, task);
  first.delete('End');
  first.set('Next', names.state);
  return file.endsWith('.json')
    ? JSON.stringify(document.toJS(), null, 2)
    : document.toString({ lineWidth: 100 });
}

/** What a new handler gets until someone says what it needs: see its source. */
const placeholder = { prefix: '', aliases: [] };

function jsonata({ camel, pascal }: Names) {
  return {
    Arguments: {
      FunctionName: `\${${pascal}}`,
      Payload: { context: '{% $states.context %}', input: placeholder },
    },
    Output: `{% $merge([$states.input, { '${camel}': $states.result.Payload }]) %}`,
  };
}

function jsonPath({ camel, pascal }: Names) {
  return {
    Parameters: {
      FunctionName: `\${${pascal}}`,
      Payload: { 'context.$': '$$', input: placeholder },
    },
    ResultSelector: { 'answer.$': '$.Payload' },
    ResultPath: `$.${camel}`,
  };
}

function following(state: YAMLMap): { End: true } | { Next: unknown } {
  return state.get('End') === true ? { End: true } : { Next: state.get('Next') };
}

function insertAfter(
  document: Document,
  map: YAMLMap,
  after: string,
  key: string,
  value: unknown,
): void {
  const index = map.items.findIndex((pair) => String(pair.key) === after);
  map.items.splice(index + 1, 0, document.createPair(key, value) as (typeof map.items)[number]);
}
