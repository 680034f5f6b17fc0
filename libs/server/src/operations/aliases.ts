import {
  CreateStateMachineAlias$,
  DeleteStateMachineAlias$,
  DescribeStateMachineAlias$,
  ListStateMachineAliases$,
  UpdateStateMachineAlias$,
} from '@aws-sdk/client-sfn';
import type {
  CreateStateMachineAliasInput,
  CreateStateMachineAliasOutput,
  DeleteStateMachineAliasInput,
  DescribeStateMachineAliasInput,
  DescribeStateMachineAliasOutput,
  ListStateMachineAliasesInput,
  ListStateMachineAliasesOutput,
  RoutingConfigurationListItem,
  UpdateStateMachineAliasInput,
  UpdateStateMachineAliasOutput,
} from '@aws-sdk/client-sfn';
import type { Catalog } from '../catalog/catalog.ts';
import { splitQualifier } from '../catalog/resources.ts';
import type { Route } from '../catalog/resources.ts';
import { ApiError } from '../errors.ts';
import { paged, pageOf } from '../wire/page.ts';
import { resourceName } from '../wire/resource-name.ts';
import { operation } from './operation.ts';

export const createStateMachineAlias = operation(
  CreateStateMachineAlias$,
  (input: CreateStateMachineAliasInput, { catalog }): CreateStateMachineAliasOutput => {
    const name = resourceName(input.name);
    if (/^\d+$/.test(name)) throw new ApiError('ValidationException', `Invalid Name: '${name}'`);
    const routingConfiguration = routesOf(input.routingConfiguration, catalog);
    const { machineArn } = splitQualifier(routingConfiguration[0]?.stateMachineVersionArn ?? '');
    const arn = `${machineArn}:${name}`;
    if (catalog.aliases.get(arn) !== undefined) {
      throw new ApiError('ConflictException', `Alias already exists: '${arn}'`);
    }
    const now = Date.now();
    catalog.aliases.put(arn, {
      stateMachineAliasArn: arn,
      name,
      routingConfiguration,
      creationDate: now,
      updateDate: now,
      ...(input.description !== undefined && { description: input.description }),
    });
    return { stateMachineAliasArn: arn, creationDate: new Date(now) };
  },
);

export const updateStateMachineAlias = operation(
  UpdateStateMachineAlias$,
  (input: UpdateStateMachineAliasInput, { catalog }): UpdateStateMachineAliasOutput => {
    const before = catalog.alias(input.stateMachineAliasArn ?? '');
    const { description, routingConfiguration: routes } = input;
    const updateDate = Date.now();
    catalog.aliases.put(before.stateMachineAliasArn, {
      ...before,
      updateDate,
      ...(description !== undefined && { description }),
      ...(routes !== undefined && { routingConfiguration: routesOf(routes, catalog) }),
    });
    return { updateDate: new Date(updateDate) };
  },
);

export const describeStateMachineAlias = operation(
  DescribeStateMachineAlias$,
  (input: DescribeStateMachineAliasInput, { catalog }): DescribeStateMachineAliasOutput => {
    const { creationDate, updateDate, routingConfiguration, ...alias } = catalog.alias(
      input.stateMachineAliasArn ?? '',
    );
    return {
      ...alias,
      routingConfiguration: [...routingConfiguration],
      creationDate: new Date(creationDate),
      updateDate: new Date(updateDate),
    };
  },
);

export const listStateMachineAliases = operation(
  ListStateMachineAliases$,
  (input: ListStateMachineAliasesInput, { catalog }): ListStateMachineAliasesOutput => {
    const { machineArn, qualifier } = splitQualifier(input.stateMachineArn ?? '');
    catalog.machine(machineArn);
    const page = pageOf(input);
    const all = catalog
      .aliasesOf(machineArn)
      .filter(
        ({ routingConfiguration }) =>
          qualifier === undefined ||
          routingConfiguration.some(
            (route) => route.stateMachineVersionArn === input.stateMachineArn,
          ),
      );
    const [aliases, nextToken] = paged(all.slice(page.offset), page);
    return {
      stateMachineAliases: aliases.map(({ stateMachineAliasArn, creationDate }) => ({
        stateMachineAliasArn,
        creationDate: new Date(creationDate),
      })),
      nextToken,
    };
  },
);

export const deleteStateMachineAlias = operation(
  DeleteStateMachineAlias$,
  ({ stateMachineAliasArn: arn = '' }: DeleteStateMachineAliasInput, { catalog }) => {
    catalog.alias(arn);
    catalog.aliases.delete(arn);
  },
);

/** @throws ApiError ValidationException, ResourceNotFound */
function routesOf(
  routes: readonly RoutingConfigurationListItem[] | undefined,
  catalog: Catalog,
): Route[] {
  const given = routes ?? [];
  const machines = new Set(
    given.map(
      ({ stateMachineVersionArn = '' }) => splitQualifier(stateMachineVersionArn).machineArn,
    ),
  );
  const total = given.reduce((sum, { weight = 0 }) => sum + weight, 0);
  if (given.length < 1 || given.length > 2 || machines.size !== 1 || total !== 100) {
    throw new ApiError(
      'ValidationException',
      'An alias routes to one or two versions of one state machine, and their weights add up to 100.',
    );
  }
  return given.map(({ stateMachineVersionArn = '', weight = 0 }) => {
    catalog.version(stateMachineVersionArn);
    return { stateMachineVersionArn, weight };
  });
}
