import type { SentTarget } from '@harmony/assembly';
import type { ContractDocument } from '@harmony/contract';
import { parseSnapshot } from '@harmony/contract/snapshot';
import type { JsonSchema } from '@harmony/schema';
import { ContractChecksError } from '../errors.ts';
import type { DeployedChild, DeployedOrchestrator } from './records.ts';

/** The SSM parameter's value, as the stacks write it. */
export interface RecordValue {
  readonly kind: 'child' | 'orchestrator';
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly stateMachineArn: string;
  readonly schemas: { readonly bucket: string; readonly key: string };
}

/** @throws {ContractChecksError} `RECORD_INVALID` */
export function parseRecord(text: string, where: string): RecordValue {
  const value = parseJson(text, where) as Partial<RecordValue> | null;
  const { kind, name, version, hash, schemas, stateMachineArn } = value ?? {};
  const isKnown = kind === 'child' || kind === 'orchestrator';
  const texts = [name, hash, stateMachineArn, schemas?.bucket, schemas?.key];
  const isWhole = texts.every((each) => typeof each === 'string' && each !== '');
  if (isKnown && isWhole && Number.isInteger(version)) return value as RecordValue;
  throw new ContractChecksError(
    'RECORD_INVALID',
    `${where} isn't a valid deployment record (kind, name, version, hash, stateMachineArn, schemas): deploy its stack again.`,
  );
}

export function parseChild(record: RecordValue, schemas: string, where: string): DeployedChild {
  const contract: ContractDocument | undefined = parseSnapshot(schemas);
  if (contract?.hash === record.hash) {
    return { name: record.name, version: record.version, contract };
  }
  throw other('contract', record, where);
}

export function parseOrchestrator(
  record: RecordValue,
  schemas: string,
  where: string,
): DeployedOrchestrator {
  const value = parseJson(schemas, where) as {
    readonly hash?: string;
    readonly payload?: JsonSchema;
    readonly configuration?: JsonSchema;
    readonly output?: JsonSchema;
    readonly targets?: readonly SentTarget[];
  } | null;
  if (value?.hash === record.hash && value.payload !== undefined && Array.isArray(value.targets)) {
    const { payload, targets, configuration, output } = value;
    const { name, version } = record;
    if (configuration === undefined || output === undefined) {
      return { name, version, payload, targets };
    }
    return { name, version, payload, targets, contract: { name, payload, configuration, output } };
  }
  throw other('orchestration', record, where);
}

/** The asset is not the one that the record was written with. */
function other(what: string, { name, hash }: RecordValue, where: string): ContractChecksError {
  return new ContractChecksError(
    'RECORD_INVALID',
    `${where} does not hold the ${what} ${name} with the hash ${hash} that its record names.`,
  );
}

/** Targets of a rendered definition, and the payload of an execution's input. */
export function parseExecution(
  definition: string,
  input: string,
  where: string,
): { readonly targets: readonly SentTarget[]; readonly payload: unknown } {
  const { States: states } = parseJson(definition, where) as {
    readonly States?: Readonly<
      Record<string, { readonly Result?: { readonly targets?: unknown } }>
    >;
  };
  const targets = states?.['Inject targets']?.Result?.targets;
  const { payload } = (parseJson(input, where) ?? {}) as { readonly payload?: unknown };
  return { targets: Array.isArray(targets) ? (targets as SentTarget[]) : [], payload };
}

/** @throws ContractChecksError `RECORD_INVALID` */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ContractChecksError('RECORD_INVALID', `${where} is not JSON.`, { cause: error });
  }
}
