import type { Check } from './check.ts';
import {
  anything,
  fields,
  integer,
  jsonataTemplate,
  object,
  oneOf,
  orExpression,
  singlePath,
  string,
  template,
} from './check.ts';
import { isObject } from '../json.ts';
import type { QueryLanguage } from './diagnostic.ts';
import { hasPlaceholder } from './placeholders.ts';
import { inside, refuse } from './place.ts';

/** Items: an array, an object or an expression that gives one. */
export const itemsField: Check = (value, place) => {
  if (typeof value === 'object' && value !== null) jsonataTemplate(value, place);
  else {
    orExpression((literal, at) => {
      refuse(at, `Expected an array or a JSONata expression, got ${JSON.stringify(literal)}`);
    })(value, place);
  }
};

/** ProcessorConfig; the processor's StartAt and States are a scope of their own. */
export const processor: Check = (value, place) => {
  if (!isObject(value)) {
    object(value, place);
    return;
  }
  const config = value['ProcessorConfig'];
  if (config !== undefined) processorConfig(config, inside(place, 'ProcessorConfig'));
};

const processorConfig: Check = (value, place) => {
  fields({ Mode: oneOf('INLINE', 'DISTRIBUTED'), ExecutionType: oneOf('STANDARD', 'EXPRESS') })(
    value,
    place,
  );
  if (!isObject(value)) return;
  if (value['Mode'] === 'DISTRIBUTED' && value['ExecutionType'] === undefined) {
    refuse(place, "Mode DISTRIBUTED needs the field 'ExecutionType'");
  }
};

/** A field that only one of the query languages has. */
function only(language: QueryLanguage, check: Check): Check {
  return (value, place) => {
    if (place.state.queryLanguage === language) check(value, place);
    else {
      refuse(
        place,
        `The QueryLanguage is set to '${place.state.queryLanguage}', but this field is only ` +
          `supported for the '${language}' QueryLanguage`,
      );
    }
  };
}

/** Refuses a literal beside the path that would replace it. */
function exclusive(check: Check, names: readonly string[]): Check {
  return (value, place) => {
    check(value, place);
    if (!isObject(value)) return;
    for (const name of names) {
      if (value[name] !== undefined && value[`${name}Path`] !== undefined) {
        refuse(place, `Only one of ${name}, ${name}Path is allowed`);
      }
    }
  };
}

const jsonPath = (check: Check) => only('JSONPath', check);
/** S3 is the only service that these fields may call. */
function s3(...actions: readonly string[]): Check {
  return (value, place) => {
    const action = /^arn:aws(?:-[a-z-]+)?:states:::s3:(\w+)$/.exec(String(value))?.[1];
    const placeholder = place.state.options.placeholders && hasPlaceholder(String(value));
    if (placeholder || (action !== undefined && actions.includes(action))) return;
    refuse(place, `Resource must be arn:aws:states:::s3: and one of ${actions.join(', ')}`);
  };
}

const call: Readonly<Record<string, Check>> = {
  Parameters: jsonPath(template),
  Arguments: only('JSONata', template),
};

/** (Developer Guide, "ItemReader") */
export const itemReader = fields(
  {
    ...call,
    Resource: s3('getObject', 'listObjectsV2'),
    ReaderConfig: exclusive(
      fields({
        InputType: oneOf('CSV', 'JSON', 'JSONL', 'MANIFEST', 'PARQUET'),
        Transformation: oneOf('NONE', 'LOAD_AND_FLATTEN'),
        ManifestType: oneOf('ATHENA_DATA', 'S3_INVENTORY'),
        CSVDelimiter: oneOf('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'),
        CSVHeaderLocation: oneOf('FIRST_ROW', 'GIVEN'),
        CSVHeaders: anything,
        ItemsPointer: string,
        MaxItems: orExpression(integer(1, 100_000_000)),
        MaxItemsPath: jsonPath(singlePath),
      }),
      ['MaxItems'],
    ),
  },
  ['Resource'],
);

/** (Developer Guide, "ItemBatcher") */
export const itemBatcher = exclusive(
  fields({
    BatchInput: template,
    MaxItemsPerBatch: orExpression(integer(1, 99_999_999)),
    MaxItemsPerBatchPath: jsonPath(singlePath),
    MaxInputBytesPerBatch: orExpression(integer(1, 262_144)),
    MaxInputBytesPerBatchPath: jsonPath(singlePath),
  }),
  ['MaxItemsPerBatch', 'MaxInputBytesPerBatch'],
);

/** (Developer Guide, "ResultWriter") */
export const resultWriter = fields({
  ...call,
  Resource: s3('putObject'),
  WriterConfig: fields({
    Transformation: oneOf('NONE', 'COMPACT', 'FLATTEN'),
    OutputType: oneOf('JSON', 'JSONL'),
  }),
});
