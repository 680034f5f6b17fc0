import { METADATA, type OrchestrationDocument } from '@harmony/artifact';
import type { ContractDocument } from '@harmony/contract';
import { isContractDocument } from '@harmony/contract/snapshot';
import { AssemblyError } from '../errors.ts';
import type { StateMachine } from '../model.ts';
import { isObject } from '@harmony/schema';
import { readDefinition } from './definition.ts';
import { type JsonObject, objectAt } from './json-file.ts';
import type { LocalFiles } from './local-files.ts';
import { readRoles } from './roles.ts';
import type { Template } from './template.ts';

export interface MachinePlace {
  readonly stage: string;
  /** The stack's name, for a nested one that of the stack it is nested in. */
  readonly stack: string;
  readonly files: LocalFiles;
  /** The template's own file, where a person writes it. */
  readonly written?: string;
}

/** The state machines of a template. @throws AssemblyError `UNRESOLVED`, `DEFINITION_INVALID` */
export async function readStateMachines(
  template: Template,
  { stage, stack, files, written }: MachinePlace,
): Promise<StateMachine[]> {
  const machines = template.resources('AWS::StepFunctions::StateMachine');
  if (machines.length === 0) return [];
  const roles = readRoles(template);
  const reading = machines.map(async ([logicalId, resource]): Promise<StateMachine> => {
    const properties = objectAt(resource, 'Properties');
    const metadata = objectAt(resource, 'Metadata');
    const identity = template.identity(logicalId);
    const name = identity?.name ?? logicalId;
    const roleArn = template.text(properties.RoleArn ?? '');
    const role = roles.find(({ arn }) => arn === roleArn);
    const definition = await readDefinition(template, name, properties, files);
    return {
      stage,
      stack,
      logicalId,
      name,
      arn: identity?.arn ?? name,
      roleArn,
      type: template.resolve(properties.StateMachineType) === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
      definition: definition.value,
      ...sourceOf(definition.file, written, logicalId, properties),
      ...(definition.standIns.length > 0 && { standIns: definition.standIns }),
      ...documentsOf(metadata, name),
      definitionFile: textOf(metadata[METADATA.definition]),
      mocks: textOf(metadata[METADATA.mocks]),
      policies: role?.statements ?? [],
      foreignPolicies: role?.foreignPolicies ?? [],
    };
  });
  return Promise.all(reading);
}

function sourceOf(
  file: string | undefined,
  written: string | undefined,
  logicalId: string,
  { Definition }: JsonObject,
): Pick<StateMachine, 'source'> {
  if (file !== undefined) return { source: { file, path: [] } };
  if (written === undefined) return {};
  const key = Definition === undefined ? 'DefinitionString' : 'Definition';
  return { source: { file: written, path: ['Resources', logicalId, 'Properties', key] } };
}

/**
 * What the constructs of this workspace wrote beside a state machine: trusted but for its form, since
 * a damaged file must not pass for a machine without a contract.
 */
function documentsOf(metadata: JsonObject, name: string) {
  const contract = metadata[METADATA.contract];
  const orchestration = metadata[METADATA.orchestration];
  const isNamed = isObject(orchestration) && typeof orchestration['name'] === 'string';
  for (const [key, isWhole] of [
    [METADATA.contract, contract === undefined || isContractDocument(contract)],
    [METADATA.orchestration, orchestration === undefined || isNamed],
  ] as const) {
    if (isWhole) continue;
    throw new AssemblyError(
      'ASSEMBLY_INVALID',
      `The metadata ${key} of state machine ${name} is damaged. Synthesise the assembly again.`,
    );
  }
  return {
    contract: contract as ContractDocument | undefined,
    orchestration: orchestration as OrchestrationDocument | undefined,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
