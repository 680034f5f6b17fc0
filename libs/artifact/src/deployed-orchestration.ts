import type { ContractDocument } from '@harmony/contract';
import { isSchema, type JsonSchema } from '@harmony/schema';
import { ArtifactError, unreadable } from './errors.ts';
import { FORMAT, type Format, formatNamed } from './format.ts';
import type { OrchestrationDocument } from './orchestration-document.ts';
import { objectAt } from './read/fields.ts';
import { unknownFormat } from './read/read-orchestrator.ts';
import { readDeployedTargets } from './read/target-list.ts';
import type { DeployedTarget, TargetEntry } from './target-entry.ts';

/** The document behind an orchestrator's deployment record: what it sends to whom. */
export interface DeployedOrchestration extends Pick<
  OrchestrationDocument,
  'name' | 'hash' | 'payload'
> {
  readonly format: Format;
  /** Absent in records of format 1 that were written before an orchestration could be a target. */
  readonly configuration?: JsonSchema;
  readonly output?: JsonSchema;
  readonly targets: readonly DeployedTarget[];
}

/**
 * Writes the document of an orchestration's deployment record.
 * @param targets as rendered; the ARN of a child is known when deployed only, its name says which
 * @param contracts what the targets were checked against, by the children's names
 */
export function deployedOrchestration(
  { name, hash, payload, configuration, output }: OrchestrationDocument,
  targets: readonly TargetEntry[],
  contracts: Readonly<Record<string, ContractDocument>>,
): DeployedOrchestration & { readonly contracts: Readonly<Record<string, ContractDocument>> } {
  return {
    ...{ format: FORMAT, name, hash, payload, configuration, output },
    targets: targets.map(({ stateMachineArn: _, ...target }) => target),
    contracts,
  };
}

/**
 * Reads what `deployedOrchestration` wrote, in this format and in those before it.
 * @throws {ArtifactError} naming what is not understood
 */
export function readDeployedOrchestration(value: unknown): DeployedOrchestration {
  const fields = objectAt(value, 'record');
  const format = formatNamed(fields['format']);
  if (format === undefined) {
    throw new ArtifactError('FORMAT_UNKNOWN', 'format', unknownFormat(fields['format']));
  }
  const unknown = Object.keys(fields).find((key) => !KNOWN.has(key));
  if (unknown !== undefined) throw unreadable(unknown, 'is not known');
  return {
    format,
    name: textAt(fields, 'name'),
    hash: textAt(fields, 'hash'),
    payload: schemaAt(fields, 'payload'),
    ...(fields['configuration'] === undefined
      ? {}
      : { configuration: schemaAt(fields, 'configuration') }),
    ...(fields['output'] === undefined ? {} : { output: schemaAt(fields, 'output') }),
    targets: readDeployedTargets(fields['targets'], 'targets'),
  };
}

const KNOWN: ReadonlySet<string> = new Set([
  ...['format', 'name', 'hash', 'payload', 'configuration', 'output', 'targets', 'contracts'],
]);

function textAt(fields: Readonly<Record<string, unknown>>, key: string): string {
  const value = fields[key];
  if (typeof value === 'string' && value !== '') return value;
  throw unreadable(key, "isn't text");
}

function schemaAt(fields: Readonly<Record<string, unknown>>, key: string): JsonSchema {
  const value = fields[key];
  if (isSchema(value)) return value;
  throw unreadable(key, "isn't a JSON Schema");
}
