import { randomUUID } from 'node:crypto';
import {
  CreateStateMachine$,
  DeleteStateMachine$,
  DescribeStateMachine$,
  DescribeStateMachineForExecution$,
  ListStateMachines$,
  UpdateStateMachine$,
  ValidateStateMachineDefinition$,
} from '@aws-sdk/client-sfn';
import type {
  CreateStateMachineInput,
  CreateStateMachineOutput,
  DeleteStateMachineInput,
  DescribeStateMachineForExecutionInput,
  DescribeStateMachineForExecutionOutput,
  DescribeStateMachineInput,
  DescribeStateMachineOutput,
  ListStateMachinesInput,
  ListStateMachinesOutput,
  UpdateStateMachineInput,
  UpdateStateMachineOutput,
  ValidateStateMachineDefinitionInput,
  ValidateStateMachineDefinitionOutput,
} from '@aws-sdk/client-sfn';
import { StateMachines, validateDefinition } from '@harmony/engine';
import type { JsonObject } from '@harmony/engine';
import { optionsOf } from '../runs/generation.ts';
import { splitQualifier } from '../catalog/resources.ts';
import type { StateMachineResource } from '../catalog/resources.ts';
import { ApiError, missing } from '../errors.ts';
import { parseJson } from '../wire/json-text.ts';
import { paged, pageOf } from '../wire/page.ts';
import { resourceName } from '../wire/resource-name.ts';
import { operation } from './operation.ts';
import { tagsOf } from './tags.ts';
import { publish } from './versions.ts';

export const createStateMachine = operation(
  CreateStateMachine$,
  (input: CreateStateMachineInput, context): CreateStateMachineOutput => {
    const { catalog } = context;
    const name = resourceName(input.name);
    const arn = catalog.arn('stateMachine', name);
    const now = Date.now();
    const { loggingConfiguration, tracingConfiguration } = input;
    const machine: StateMachineResource = {
      stateMachineArn: arn,
      name,
      type: input.type ?? 'STANDARD',
      roleArn: input.roleArn ?? '',
      definition: input.definition ?? '',
      creationDate: now,
      updateDate: now,
      revisionId: randomUUID(),
      ...(loggingConfiguration && { loggingConfiguration }),
      ...(tracingConfiguration && { tracingConfiguration }),
    };
    refuseInvalid(machine);
    const known = catalog.find(arn);
    if (known !== undefined) {
      const same =
        known.definition === machine.definition &&
        known.roleArn === machine.roleArn &&
        known.type === machine.type;
      if (!same) {
        throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      }
      return { stateMachineArn: arn, creationDate: new Date(known.creationDate) };
    }
    catalog.created.put(arn, machine);
    if (input.tags !== undefined) catalog.tags.put(arn, tagsOf(input.tags));
    const version = input.publish === true && publish(machine, context, input.versionDescription);
    return {
      stateMachineArn: arn,
      creationDate: new Date(now),
      ...(version && { stateMachineVersionArn: version.stateMachineVersionArn }),
    };
  },
);

export const updateStateMachine = operation(
  UpdateStateMachine$,
  (input: UpdateStateMachineInput, context): UpdateStateMachineOutput => {
    const { catalog } = context;
    const before = catalog.ownMachine(input.stateMachineArn ?? '');
    const { definition, roleArn, loggingConfiguration, tracingConfiguration } = input;
    if (
      definition === undefined &&
      roleArn === undefined &&
      !loggingConfiguration &&
      !tracingConfiguration
    ) {
      throw new ApiError(
        'MissingRequiredParameter',
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    }
    const updateDate = Date.now();
    const machine: StateMachineResource = {
      ...before,
      updateDate,
      revisionId: randomUUID(),
      ...(definition !== undefined && { definition }),
      ...(roleArn !== undefined && { roleArn }),
      ...(loggingConfiguration && { loggingConfiguration }),
      ...(tracingConfiguration && { tracingConfiguration }),
    };
    refuseInvalid(machine);
    catalog.created.put(machine.stateMachineArn, machine);
    const version = input.publish === true && publish(machine, context, input.versionDescription);
    return {
      updateDate: new Date(updateDate),
      revisionId: machine.revisionId,
      ...(version && { stateMachineVersionArn: version.stateMachineVersionArn }),
    };
  },
);

export const deleteStateMachine = operation(
  DeleteStateMachine$,
  ({ stateMachineArn: arn = '' }: DeleteStateMachineInput, { catalog }) => {
    // The service answers the same where there is none.
    if (catalog.find(arn) === undefined) return;
    catalog.ownMachine(arn);
    catalog.created.delete(arn);
    catalog.tags.delete(arn);
    for (const alias of catalog.aliasesOf(arn)) catalog.aliases.delete(alias.stateMachineAliasArn);
    for (const version of catalog.versionsOf(arn)) {
      catalog.versions.delete(version.stateMachineVersionArn);
    }
  },
);

export const describeStateMachine = operation(
  DescribeStateMachine$,
  (
    { stateMachineArn: arn = '' }: DescribeStateMachineInput,
    { catalog },
  ): DescribeStateMachineOutput => {
    const { machine, versionArn } = catalog.startable(arn);
    const version = versionArn === undefined ? undefined : catalog.version(versionArn);
    const { loggingConfiguration, tracingConfiguration } = machine;
    return {
      stateMachineArn: arn,
      name: machine.name,
      status: 'ACTIVE',
      definition: machine.definition,
      roleArn: machine.roleArn,
      type: machine.type,
      creationDate: new Date(version?.creationDate ?? machine.creationDate),
      revisionId: machine.revisionId,
      loggingConfiguration: loggingConfiguration ?? { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: tracingConfiguration ?? { enabled: false },
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
      ...(version?.description !== undefined && { description: version.description }),
    };
  },
);

export const describeStateMachineForExecution = operation(
  DescribeStateMachineForExecution$,
  (
    { executionArn = '' }: DescribeStateMachineForExecutionInput,
    { catalog, runs },
  ): DescribeStateMachineForExecutionOutput => {
    const row = runs.row(executionArn);
    const [machineArn = '', label] = row.stateMachineArn.split('/');
    const machine = catalog.find(machineArn);
    if (machine === undefined) throw missing('StateMachine', machineArn);
    const { name, roleArn, updateDate, revisionId } = machine;
    return {
      stateMachineArn: row.stateMachineArn,
      name,
      definition: row.definition ?? machine.definition,
      roleArn,
      updateDate: new Date(updateDate),
      revisionId,
      ...(label !== undefined && { label }),
      ...(row.mapRunArn !== null && { mapRunArn: row.mapRunArn }),
    };
  },
);

export const listStateMachines = operation(
  ListStateMachines$,
  (input: ListStateMachinesInput, { catalog }): ListStateMachinesOutput => {
    const page = pageOf(input);
    const [machines, nextToken] = paged(catalog.machines().slice(page.offset), page);
    return {
      stateMachines: machines.map(({ stateMachineArn, name, type, creationDate }) => ({
        stateMachineArn,
        name,
        type,
        creationDate: new Date(creationDate),
      })),
      nextToken,
    };
  },
);

export const validateStateMachineDefinition = operation(
  ValidateStateMachineDefinition$,
  (input: ValidateStateMachineDefinitionInput): ValidateStateMachineDefinitionOutput => {
    const { definition: text = '', type = 'STANDARD', severity = 'ERROR' } = input;
    const maxResults = input.maxResults || 100;
    const found = diagnosticsOf(text, type).filter(
      (each) => severity === 'WARNING' || each.severity === 'ERROR',
    );
    return {
      result: found.some((each) => each.severity === 'ERROR') ? 'FAIL' : 'OK',
      diagnostics: found.slice(0, maxResults),
      truncated: found.length > maxResults,
    };
  },
);

function diagnosticsOf(text: string, type: 'STANDARD' | 'EXPRESS') {
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    return [{ severity: 'ERROR' as const, code: 'INVALID_JSON_DESCRIPTION', message }];
  }
  return validateDefinition(definition as JsonObject, { type }).map(
    ({ severity, code, message, pointer }) => ({ severity, code, message, location: pointer }),
  );
}

/** @throws ApiError InvalidDefinition */
function refuseInvalid(machine: StateMachineResource): void {
  parseJson(machine.definition, 'InvalidDefinition', 'State Machine Definition');
  // What the engine throws is the API's own error.
  new StateMachines().put(optionsOf(machine, splitQualifier(machine.stateMachineArn).machineArn));
}
