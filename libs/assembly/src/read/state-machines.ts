import { METADATA, type OrchestrationDocument } from '@harmony/artifact';
import type { ContractDocument } from '@harmony/contract';
import { isContractDocument } from '@harmony/contract/snapshot';
import { AssemblyError } from '../errors.ts';
import type { StateMachine } from '../model.ts';
import { isObject } from '@harmony/schema';
import { type JsonObject, objectAt } from './json-file.ts';
import { readRoles } from './roles.ts';
import type { Template } from './template.ts';

/** The state machines of a stack. @throws AssemblyError `UNRESOLVED`, `DEFINITION_INVALID` */
export function readStateMachines(template: Template, stage: string): StateMachine[] {
  const machines = template.resources('AWS::StepFunctions::StateMachine');
  if (machines.length === 0) return [];
  const roles = readRoles(template);
  return machines.map(([logicalId, resource]) => {
    const properties = objectAt(resource, 'Properties');
    const metadata = objectAt(resource, 'Metadata');
    const identity = template.identity(logicalId);
    const name = identity?.name ?? logicalId;
    const roleArn = template.text(properties.RoleArn);
    const role = roles.find(({ arn }) => arn === roleArn);
    return {
      stage,
      stack: template.stackName,
      logicalId,
      name,
      arn: identity?.arn ?? name,
      roleArn,
      type: properties.StateMachineType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
      definition: definitionOf(template, name, properties),
      ...documentsOf(metadata, name),
      mocks: textOf(metadata[METADATA.mocks]),
      policies: role?.statements ?? [],
      foreignPolicies: role?.foreignPolicies ?? [],
    };
  });
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

function definitionOf(template: Template, name: string, properties: JsonObject): JsonObject {
  const { DefinitionString, Definition } = properties;
  if (DefinitionString === undefined && Definition === undefined) {
    throw new AssemblyError(
      'DEFINITION_INVALID',
      `State machine ${name} has its definition outside the template: give it DefinitionString or Definition.`,
    );
  }
  const text =
    DefinitionString === undefined
      ? JSON.stringify(template.resolve(Definition))
      : template.text(DefinitionString);
  let definition: unknown;
  try {
    definition = JSON.parse(substitute(template, text, properties));
  } catch (cause) {
    if (cause instanceof AssemblyError) throw cause;
    throw new AssemblyError(
      'DEFINITION_INVALID',
      `The definition of state machine ${name} is not JSON: ${(cause as Error).message}`,
      { cause },
    );
  }
  if (!isObject(definition)) {
    throw new AssemblyError(
      'DEFINITION_INVALID',
      `The definition of state machine ${name} isn't an object.`,
    );
  }
  return definition;
}

/** DefinitionSubstitutions: `${Name}` becomes its value; every other text stays as it is. */
function substitute(template: Template, text: string, properties: JsonObject): string {
  let result = text;
  for (const [name, value] of Object.entries(objectAt(properties, 'DefinitionSubstitutions'))) {
    result = result.replaceAll(`\${${name}}`, () => template.text(value));
  }
  return result;
}
