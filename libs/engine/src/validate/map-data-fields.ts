import { isObject, type JsonObject } from '../json.ts';
import type { Check } from './check.ts';
import {
  exclusive,
  fields,
  integer,
  oneOf,
  only,
  orExpression,
  mapNumberPath,
  string,
  template,
} from './check.ts';
import { inside, refuse, type Place } from './place.ts';
import { hasPlaceholder } from './placeholders.ts';

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
  Parameters: only('JSONPath', template),
  Arguments: only('JSONata', template),
};

const texts: Check = (value, place) => {
  const right = Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (!right || value.length === 0) refuse(place, 'Expected an array of at least one header');
};

/** A JSON Pointer (RFC 6901); the empty one is the whole document. */
const jsonPointer: Check = (value, place) => {
  string(value, place);
  if (typeof value !== 'string' || (place.state.options.placeholders && hasPlaceholder(value))) {
    return;
  }
  if (!/^(?:\/(?:[^~]|~[01])*)?$/s.test(value)) {
    refuse(place, `Expected a JSON Pointer such as /data/items, got ${JSON.stringify(value)}`);
  }
};

/** The fields of ReaderConfig, in their checks. */
export const readerConfigFields: Readonly<Record<string, Check>> = {
  InputType: oneOf('CSV', 'JSON', 'JSONL', 'MANIFEST', 'PARQUET'),
  Transformation: oneOf('NONE', 'LOAD_AND_FLATTEN'),
  ManifestType: oneOf('ATHENA_DATA', 'S3_INVENTORY'),
  CSVDelimiter: oneOf('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'),
  CSVHeaderLocation: oneOf('FIRST_ROW', 'GIVEN'),
  CSVHeaders: texts,
  ItemsPointer: jsonPointer,
  MaxItems: orExpression(integer(0, 100_000_000)),
  MaxItemsPath: only('JSONPath', mapNumberPath),
};

/** The fields of ItemReader beside ReaderConfig. */
export const itemReaderFields: Readonly<Record<string, Check>> = {
  ...call,
  Resource: s3('getObject', 'listObjectsV2'),
};

const readerConfig = exclusive(fields(readerConfigFields), ['MaxItems']);

/** (Developer Guide, "ItemReader") */
export const itemReader: Check = (value, place) => {
  fields({ ...itemReaderFields, ReaderConfig: readerConfig }, ['Resource'])(value, place);
  if (!isObject(value) || !isObject(value['ReaderConfig'] ?? {})) return;
  const lists = String(value['Resource']).endsWith(':listObjectsV2');
  const at = inside(place, 'ReaderConfig');
  for (const problem of readerProblems((value['ReaderConfig'] ?? {}) as JsonObject, lists)) {
    refuse(at, problem);
  }
};

/** What the fields of a ReaderConfig ask of each other: none may stand there without effect. */
function readerProblems(config: JsonObject, lists: boolean): string[] {
  const { InputType: type, ManifestType: manifest, CSVHeaderLocation: location } = config;
  const loads = config['Transformation'] === 'LOAD_AND_FLATTEN';
  const inventory = manifest === 'S3_INVENTORY' || type === 'MANIFEST';
  const problems: string[] = [];
  const refuseIf = (wrong: boolean, problem: string): void => {
    if (wrong) problems.push(problem);
  };
  refuseIf(
    loads && !lists,
    'Transformation LOAD_AND_FLATTEN loads what s3:listObjectsV2 lists: it does not go with ' +
      's3:getObject',
  );
  refuseIf(
    loads && (type === undefined || type === 'MANIFEST'),
    'Transformation LOAD_AND_FLATTEN needs the InputType of the objects: CSV, JSON, JSONL or PARQUET',
  );
  refuseIf(lists && manifest !== undefined, 'ManifestType goes with s3:getObject only');
  refuseIf(
    lists && !loads && type !== undefined,
    'InputType goes with s3:listObjectsV2 only where Transformation is LOAD_AND_FLATTEN',
  );
  refuseIf(
    manifest === 'ATHENA_DATA' && (type === undefined || type === 'MANIFEST'),
    'ManifestType ATHENA_DATA needs the InputType of its files: CSV, JSON, JSONL or PARQUET',
  );
  refuseIf(
    manifest === 'S3_INVENTORY' && !['CSV', 'MANIFEST', undefined].includes(type as string),
    `ManifestType S3_INVENTORY is read as CSV, not as ${String(type)}`,
  );
  const headers = config['CSVHeaders'] !== undefined;
  refuseIf(
    location === 'GIVEN' && !headers,
    "CSVHeaderLocation GIVEN needs the field 'CSVHeaders'",
  );
  refuseIf(headers && location !== 'GIVEN', 'CSVHeaders needs CSVHeaderLocation GIVEN');
  const csv = type === 'CSV' && !inventory;
  for (const name of ['CSVDelimiter', 'CSVHeaderLocation', 'CSVHeaders']) {
    refuseIf(config[name] !== undefined && !csv, `${name} needs InputType CSV`);
  }
  refuseIf(
    config['ItemsPointer'] !== undefined && type !== 'JSON',
    'ItemsPointer needs InputType JSON',
  );
  return problems;
}

/** The fields of WriterConfig, in their checks. */
export const writerConfigFields: Readonly<Record<string, Check>> = {
  Transformation: oneOf('NONE', 'COMPACT', 'FLATTEN'),
  OutputType: oneOf('JSON', 'JSONL'),
};

/** The fields of ResultWriter beside WriterConfig. */
export const resultWriterFields: Readonly<Record<string, Check>> = {
  ...call,
  Resource: s3('putObject'),
};

/** (Developer Guide, "ResultWriter"): WriterConfig, a call that exports the results, or both. */
export const resultWriter: Check = (value, place) => {
  fields({ ...resultWriterFields, WriterConfig: fields(writerConfigFields) })(value, place);
  if (isObject(value)) writerProblem(value, place);
};

function writerProblem(writer: JsonObject, place: Place): void {
  const name = place.state.queryLanguage === 'JSONata' ? 'Arguments' : 'Parameters';
  const { Resource: resource, WriterConfig: config, [name]: parameters } = writer;
  if (resource === undefined && parameters === undefined && config === undefined) {
    refuse(place, `ResultWriter needs WriterConfig, or Resource and ${name}`);
  } else if (resource !== undefined && parameters === undefined) {
    refuse(place, `The field '${name}' is missing: where to write the results`);
  } else if (resource === undefined && parameters !== undefined) {
    refuse(place, "The field 'Resource' is missing");
  }
}
