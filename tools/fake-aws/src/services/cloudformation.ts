import { type Account, type ChangeSet, newStack, type StackState } from '../content.ts';
import { type Parameters, type Service, ServiceError } from '../service.ts';
import { referred, resourcesIn } from './resolve.ts';
import { carryOut, record, takeAway } from './stack-operations.ts';

/** CloudFormation: stacks with their templates and change sets; what is in them is not made. */
export const cloudFormation: Service = (account, action, call) => {
  switch (action) {
    case 'DescribeStacks':
      return { Stacks: described(account, call) };
    case 'GetTemplate':
      return {
        TemplateBody: existing(account, call).template,
        StagesAvailable: ['Original', 'Processed'],
      };
    case 'ListStackResources':
      return { StackResourceSummaries: resourcesOf(existing(account, call), account) };
    case 'DescribeStackEvents':
      return { StackEvents: eventsOf(existing(account, call)) };
    case 'UpdateTerminationProtection': {
      const stack = existing(account, call);
      stack.terminationProtection = call['EnableTerminationProtection'] === 'true';
      return { StackId: stack.id };
    }
    case 'CreateChangeSet':
      return createChangeSet(account, call);
    case 'DescribeChangeSet':
      return describeChangeSet(account, call);
    case 'DeleteChangeSet':
      existing(account, call).changeSets.delete(String(call['ChangeSetName']));
      return {};
    case 'ExecuteChangeSet': {
      const stack = existing(account, call);
      carryOut(account, stack, changeSetOf(stack, call));
      return {};
    }
    case 'DeleteStack':
      return deleteStack(account, call);
    default:
      return undefined;
  }
};

function named(account: Account, call: Parameters): StackState | undefined {
  const name = String(call['StackName']);
  return account.stacks.get(name) ?? [...account.stacks.values()].find(({ id }) => id === name);
}

function existing(account: Account, call: Parameters): StackState {
  const stack = named(account, call);
  const byId = stack?.id === call['StackName'];
  if (stack !== undefined && (byId || stack.status !== 'DELETE_COMPLETE')) return stack;
  throw new ServiceError(
    'ValidationError',
    `Stack with id ${String(call['StackName'])} does not exist`,
  );
}

function described(account: Account, call: Parameters): object[] {
  const stacks =
    call['StackName'] === undefined
      ? [...account.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')
      : [existing(account, call)];
  return stacks.map((stack) => ({
    ...{ StackId: stack.id, StackName: stack.name, StackStatus: stack.status },
    ...{ CreationTime: new Date(0), EnableTerminationProtection: stack.terminationProtection },
    Tags: Array.from(stack.tags, ([Key, Value]) => ({ Key, Value })),
    ...{ Parameters: [], Outputs: [] },
  }));
}

function resourcesOf(stack: StackState, account: Account): object[] {
  return Object.entries(resourcesIn(stack.template)).map(([LogicalResourceId, { Type }]) => ({
    ...{ LogicalResourceId, ResourceType: Type, ResourceStatus: 'CREATE_COMPLETE' },
    PhysicalResourceId: referred(LogicalResourceId, stack, account),
    LastUpdatedTimestamp: new Date(0),
  }));
}

function eventsOf({ id, name, events }: StackState): object[] {
  return events.toReversed().map((event) => ({
    ...{ StackId: id, StackName: name, EventId: event.id, Timestamp: event.at },
    ...{ LogicalResourceId: event.logicalId, ResourceType: event.type },
    ...{ ResourceStatus: event.status, ResourceStatusReason: event.reason },
  }));
}

function createChangeSet(account: Account, call: Parameters): object {
  const [name, type] = [String(call['StackName']), String(call['ChangeSetType'] ?? 'UPDATE')];
  const template = templateOf(account, call);
  // An empty list is an empty text in the query protocol.
  const given = Array.isArray(call['Tags'])
    ? (call['Tags'] as { Key: string; Value: string }[])
    : [];
  const tags = new Map(given.map(({ Key, Value }) => [Key, Value]));
  let stack = named(account, call);
  if (type === 'CREATE') {
    if (stack && !['DELETE_COMPLETE', 'REVIEW_IN_PROGRESS'].includes(stack.status)) {
      throw new ServiceError('AlreadyExistsException', `Stack [${name}] already exists`);
    }
    stack = newStack(account, name);
    account.stacks.set(name, stack);
    record(stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
  }
  stack ??= existing(account, call);
  const changeSet: ChangeSet = {
    id: `arn:aws:cloudformation:${account.region}:${account.id}:changeSet/${String(call['ChangeSetName'])}/1`,
    ...{ type, template, tags },
    isEmpty: type === 'UPDATE' && template === stack.template && sameTags(tags, stack.tags),
  };
  stack.changeSets.set(String(call['ChangeSetName']), changeSet);
  return { Id: changeSet.id, StackId: stack.id };
}

function sameTags(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}

/** `TemplateURL` leads into the double's own Amazon S3. */
function templateOf({ objects }: Account, call: Parameters): string {
  if (call['TemplateBody'] !== undefined) return String(call['TemplateBody']);
  const url = String(call['TemplateURL']);
  const key = [...objects.keys()].find((each) => url.endsWith(each.slice(each.indexOf('/') + 1)));
  const object = key === undefined ? undefined : objects.get(key);
  if (object === undefined) {
    throw new ServiceError('ValidationError', `S3 error: the specified key does not exist: ${url}`);
  }
  return object.toString();
}

function changeSetOf({ changeSets }: StackState, call: Parameters): ChangeSet {
  const name = String(call['ChangeSetName']);
  const found = changeSets.get(name) ?? [...changeSets.values()].find(({ id }) => id === name);
  if (found) return found;
  throw new ServiceError('ChangeSetNotFound', `ChangeSet [${name}] does not exist`, 404);
}

function describeChangeSet(account: Account, call: Parameters): object {
  const stack = existing(account, call);
  const { id, isEmpty } = changeSetOf(stack, call);
  return {
    ...{ ChangeSetId: id, ChangeSetName: call['ChangeSetName'], StackId: stack.id },
    ...{ StackName: stack.name, CreationTime: new Date(0), Changes: [] },
    ...(isEmpty
      ? {
          ...{ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE' },
          StatusReason: "The submitted information didn't contain changes.",
        }
      : { Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' }),
  };
}

function deleteStack(account: Account, call: Parameters): object {
  const stack = named(account, call);
  if (stack === undefined || stack.status === 'DELETE_COMPLETE') return {};
  if (stack.terminationProtection) {
    throw new ServiceError(
      'ValidationError',
      `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`,
    );
  }
  const fails = account.failing.has(stack.name);
  if (!fails) takeAway(account, stack);
  stack.status = fails ? 'DELETE_FAILED' : 'DELETE_COMPLETE';
  record(stack, stack.status);
  return {};
}
