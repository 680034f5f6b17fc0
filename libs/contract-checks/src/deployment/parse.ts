import {
  ArtifactError,
  type DeployedOrchestration,
  readDeployedOrchestration,
  readOrchestrator,
} from '@harmony/artifact';
import type { ContractDocument } from '@harmony/contract';
import { parseSnapshot } from '@harmony/contract/snapshot';
import { isObject } from '@harmony/schema';
import { ContractChecksError } from '../errors.ts';
import type {
  DeployedChild,
  DeployedOrchestrator,
  ReadableExecution,
  UnreadableExecution,
} from './records.ts';

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
  const document = deployedDocument(parseJson(schemas, where), where);
  const { payload, targets, configuration, output } = document;
  const { name, version } = record;
  if (document.hash === record.hash && document.name === name) {
    if (configuration === undefined || output === undefined) {
      return { name, version, payload, targets };
    }
    return { name, version, payload, targets, contract: { name, payload, configuration, output } };
  }
  throw other('orchestration', record, where);
}

function deployedDocument(value: unknown, where: string): DeployedOrchestration {
  try {
    return readDeployedOrchestration(value);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new ContractChecksError('RECORD_INVALID', `${where} cannot be read: ${error.message}.`, {
      cause: error,
    });
  }
}

/** The asset is not the one that the record was written with. */
function other(what: string, { name, hash }: RecordValue, where: string): ContractChecksError {
  return new ContractChecksError(
    'RECORD_INVALID',
    `${where} does not hold the ${what} ${name} with the hash ${hash} that its record names.`,
  );
}

/**
 * What an execution in flight still sends: the targets of its definition, the payload of its input.
 * What is not understood is said, never taken for nothing.
 */
export function parseExecution(
  definition: string | undefined,
  input: string | undefined,
): Pick<ReadableExecution, 'targets' | 'payload'> | Pick<UnreadableExecution, 'unreadable'> {
  try {
    const { targets } = readOrchestrator(parsed(definition, 'definition'));
    const given = parsed(input, 'input');
    if (isObject(given) && isObject(given['payload']))
      return { targets, payload: given['payload'] };
    return { unreadable: "input.payload: isn't an object" };
  } catch (error) {
    if (error instanceof ArtifactError) return { unreadable: error.message };
    if (error instanceof SyntaxError) return { unreadable: error.message };
    throw error;
  }
}

function parsed(text: string | undefined, what: string): unknown {
  if (text === undefined) throw new SyntaxError(`${what}: AWS does not show it`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`${what}: is not JSON`, { cause: error });
  }
}

/** @throws ContractChecksError `RECORD_INVALID` */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ContractChecksError('RECORD_INVALID', `${where} is not JSON.`, { cause: error });
  }
}
