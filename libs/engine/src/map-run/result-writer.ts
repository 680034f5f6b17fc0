import type { Thread } from '../core/port.ts';
import { StatesError } from '../errors.ts';
import { objectField, stringField, type CompileContext } from '../compile/context.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ObjectStore } from '../object-store.ts';
import type { ExecutionResult, ExecutionStatus } from '../types.ts';
import { compileCallParameters } from './call-parameters.ts';

/** One child execution that is over, or never started. */
export interface ChildRecord {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'PENDING';
  /** How the child ended. */
  readonly ended: ExecutionStatus;
  readonly output: Json | undefined;
  /** Undefined for a child that never started, and where nothing asks for it. */
  readonly details: ExecutionResult | undefined;
}

export interface Destination {
  readonly bucket: string;
  readonly prefix: string;
}

/** ResultWriter: what becomes of the children's results. */
export interface ResultWriter {
  /** Whether records need `details`. */
  readonly exports: boolean;
  plan(thread: Thread, view: Json): Destination | undefined;
  /** The state's result, where it is not written to the store. */
  result(children: readonly ChildRecord[]): Json;
  /** Writes the files and gives the state's result. Throws StatesError States.ResultWriterFailed. */
  write(
    store: ObjectStore | undefined,
    to: Destination,
    mapRunArn: string,
    children: readonly ChildRecord[],
  ): Promise<Json>;
}

export function compileResultWriter(
  definition: JsonObject,
  context: CompileContext,
): ResultWriter | undefined {
  const writer = objectField(definition, 'ResultWriter');
  if (writer === undefined) return undefined;
  const toStore = stringField(writer, 'Resource') !== undefined;
  const config = objectField(writer, 'WriterConfig') ?? {};
  const transformation = stringField(config, 'Transformation') ?? (toStore ? 'NONE' : 'COMPACT');
  const lines = stringField(config, 'OutputType') === 'JSONL';
  const parameters = compileCallParameters(
    writer,
    'ResultWriter',
    ['Bucket', 'Prefix'],
    context,
    writerFailed,
  );
  const destination = (text: (name: string) => string): Destination => ({
    bucket: text('Bucket'),
    prefix: text('Prefix'),
  });
  const transform = (children: readonly ChildRecord[]): Json[] => {
    if (transformation === 'NONE') return children.map(describe);
    const outputs = children.map(outcomeOf);
    return transformation === 'FLATTEN' ? outputs.flatMap((output) => output) : outputs;
  };
  return {
    exports: toStore || transformation === 'NONE',
    plan(thread, view) {
      if (!toStore || parameters === undefined) return undefined;
      return destination(parameters(thread, view));
    },
    result: transform,
    async write(store, to, mapRunArn, children) {
      if (store === undefined) {
        throw writerFailed('this engine has no object store to write results to');
      }
      const folder = [to.prefix.replace(/\/$/, ''), mapRunArn.split(':').at(-1) ?? '']
        .filter((part) => part !== '')
        .join('/');
      const files: { [status: string]: Json[] } = { FAILED: [], PENDING: [], SUCCEEDED: [] };
      for (const status of ['FAILED', 'PENDING', 'SUCCEEDED'] as const) {
        const records = children.filter((child) => child.status === status);
        if (records.length === 0) continue;
        const key = `${folder}/${status}_0.${lines ? 'jsonl' : 'json'}`;
        const items = status === 'SUCCEEDED' ? transform(records) : records.map(describe);
        const text = lines
          ? items.map((item) => JSON.stringify(item)).join('\n')
          : JSON.stringify(items);
        const body = new TextEncoder().encode(text);
        await store.putObject(to.bucket, key, body);
        files[status]?.push({ Key: key, Size: body.length });
      }
      const manifest = { DestinationBucket: to.bucket, MapRunArn: mapRunArn, ResultFiles: files };
      const key = `${folder}/manifest.json`;
      await store.putObject(to.bucket, key, new TextEncoder().encode(JSON.stringify(manifest)));
      return { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: to.bucket, Key: key } };
    },
  };
}

function writerFailed(cause: string): StatesError {
  return new StatesError('States.ResultWriterFailed', cause);
}

/**
 * A child's output, or its execution record where it has none because it failed within the
 * tolerance: "the state machine returns its execution result unchanged"
 * (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html).
 */
export function outcomeOf(child: ChildRecord): Json {
  return child.output ?? describe(child);
}

/** A child as DescribeExecution shows it, input and output as JSON text. */
function describe({ details, status, output }: ChildRecord): Json {
  if (details === undefined) return output === undefined ? { Status: status } : output;
  return {
    ...(details.cause !== undefined && { Cause: details.cause }),
    ...(details.error !== undefined && { Error: details.error }),
    ExecutionArn: details.executionArn,
    Input: JSON.stringify(details.input),
    InputDetails: { Included: true },
    Name: details.name,
    ...(details.output !== undefined && {
      Output: JSON.stringify(details.output),
      OutputDetails: { Included: true },
    }),
    StartDate: new Date(details.startDate).toISOString(),
    StateMachineArn: details.stateMachineArn,
    Status: details.status,
    StopDate: new Date(details.stopDate).toISOString(),
  };
}
