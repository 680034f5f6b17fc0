import {
  CloudFormationClient,
  GetTemplateCommand,
  paginateDescribeStacks,
  type Stack as DescribedStack,
} from '@aws-sdk/client-cloudformation';
import { paginateGetParametersByPath, SSMClient } from '@aws-sdk/client-ssm';
import type { StackContent } from '../content.ts';

/** Statuses of a stack that is as its template says. All others are told, and deployed again. */
const WHOLE: ReadonlySet<string> = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
  // Done, with what it replaced still to be cleared away.
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
]);

/** How many templates are fetched at once: CloudFormation throttles callers that ask for more. */
const AT_ONCE = 4;

/**
 * The stacks of a stage as CloudFormation has them, by the name that they have in the assembly: those
 * that the assembly has, and those with a deployment record that it no longer has.
 *
 * @param names CloudFormation's names of the assembly's stacks, by their names in it
 */
export async function readDeployedStacks(
  stage: string,
  names: ReadonlyMap<string, string>,
  region: string | undefined,
): Promise<ReadonlyMap<string, StackContent>> {
  const client = new CloudFormationClient(region === undefined ? {} : { region });
  const wanted = new Map(names);
  for (const name of await recordedNames(stage, region)) {
    if (!wanted.has(name)) wanted.set(name, stage === '' ? name : `${stage}-${name}`);
  }
  const described = new Map<string, DescribedStack>();
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
    for (const stack of Stacks)
      if (stack.StackName !== undefined) described.set(stack.StackName, stack);
  }
  const found = new Map<string, StackContent>();
  const queue = [...wanted];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [name, stackName] = next;
      const stack = described.get(stackName);
      if (stack !== undefined) found.set(name, await contentOf(client, stackName, stack));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return found;
}

async function contentOf(
  client: CloudFormationClient,
  StackName: string,
  { StackStatus, EnableTerminationProtection, Tags = [] }: DescribedStack,
): Promise<StackContent> {
  const { TemplateBody = '' } = await client.send(
    new GetTemplateCommand({ StackName, TemplateStage: 'Original' }),
  );
  return {
    template: parsed(TemplateBody),
    terminationProtection: EnableTerminationProtection === true,
    tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    ...(WHOLE.has(StackStatus ?? '') ? {} : { unfinished: StackStatus ?? 'no status' }),
  };
}

/** A template that is no JSON was written by someone else: it differs from any of ours. */
function parsed(template: string): unknown {
  try {
    return JSON.parse(template);
  } catch {
    return template;
  }
}

async function recordedNames(stage: string, region: string | undefined): Promise<string[]> {
  const client = new SSMClient(region === undefined ? {} : { region });
  const names: string[] = [];
  const query = { Path: `/harmony/${stage}`, Recursive: true };
  for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, query)) {
    for (const { Name = '' } of Parameters) {
      const name = /\/(?:children|orchestrators)\/([^/]+)$/.exec(Name)?.[1];
      if (name !== undefined) names.push(name);
    }
  }
  return names;
}
