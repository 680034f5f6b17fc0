import {
  DeleteStateMachineVersion$,
  ListStateMachineVersions$,
  PublishStateMachineVersion$,
} from '@aws-sdk/client-sfn';
import type {
  DeleteStateMachineVersionInput,
  ListStateMachineVersionsInput,
  ListStateMachineVersionsOutput,
  PublishStateMachineVersionInput,
  PublishStateMachineVersionOutput,
} from '@aws-sdk/client-sfn';
import { splitQualifier } from '../catalog/resources.ts';
import type { StateMachineResource, VersionResource } from '../catalog/resources.ts';
import { ApiError } from '../errors.ts';
import { paged, pageOf } from '../wire/page.ts';
import { operation } from './operation.ts';
import type { OperationContext } from './operation.ts';

export const publishStateMachineVersion = operation(
  PublishStateMachineVersion$,
  (input: PublishStateMachineVersionInput, context): PublishStateMachineVersionOutput => {
    const machine = context.catalog.machine(input.stateMachineArn ?? '');
    if (input.revisionId !== undefined && input.revisionId !== machine.revisionId) {
      throw new ApiError(
        'ConflictException',
        `The revision ID ${input.revisionId} is not the current one, ${machine.revisionId}.`,
      );
    }
    const version = publish(machine, context, input.description);
    return {
      creationDate: new Date(version.creationDate),
      stateMachineVersionArn: version.stateMachineVersionArn,
    };
  },
);

export const listStateMachineVersions = operation(
  ListStateMachineVersions$,
  (input: ListStateMachineVersionsInput, { catalog }): ListStateMachineVersionsOutput => {
    const { stateMachineArn } = catalog.machine(input.stateMachineArn ?? '');
    const page = pageOf(input);
    const newestFirst = catalog.versionsOf(stateMachineArn).sort((a, b) => b.version - a.version);
    const [versions, nextToken] = paged(newestFirst.slice(page.offset), page);
    return {
      stateMachineVersions: versions.map(({ stateMachineVersionArn, creationDate }) => ({
        stateMachineVersionArn,
        creationDate: new Date(creationDate),
      })),
      nextToken,
    };
  },
);

export const deleteStateMachineVersion = operation(
  DeleteStateMachineVersion$,
  ({ stateMachineVersionArn: arn = '' }: DeleteStateMachineVersionInput, { catalog }) => {
    const { machineArn } = splitQualifier(arn);
    const user = catalog
      .aliasesOf(machineArn)
      .find(({ routingConfiguration }) =>
        routingConfiguration.some(({ stateMachineVersionArn }) => stateMachineVersionArn === arn),
      );
    if (user !== undefined) {
      throw new ApiError(
        'ConflictException',
        `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${user.name}]`,
      );
    }
    catalog.versions.delete(arn);
  },
);

/** The same revision is published once (https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html). */
export function publish(
  machine: StateMachineResource,
  { catalog }: OperationContext,
  description?: string,
): VersionResource {
  const all = catalog.versionsOf(machine.stateMachineArn);
  const same = all.find(({ revisionId }) => revisionId === machine.revisionId);
  if (same !== undefined) return same;
  const version = Math.max(0, ...all.map((each) => each.version)) + 1;
  const arn = `${machine.stateMachineArn}:${version}`;
  return catalog.versions.put(arn, {
    stateMachineVersionArn: arn,
    version,
    creationDate: Date.now(),
    revisionId: machine.revisionId,
    machine,
    ...(description !== undefined && { description }),
  });
}
