import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Stage } from '@harmony/assembly';
import type { SentTarget } from '@harmony/artifact';
import { type ContractDocument, defineContract } from '@harmony/contract';
import { type AwsContent, startFakeAws } from '@harmony/fake-aws';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { ARN, definitionOf, machineOf, orchestratorOf } from '../testing/stage.ts';
import { awsSource } from './aws-source.ts';
import { canDeploy, type DeployVerdict } from './can-deploy.ts';
import { folderSource } from './folder-source.ts';

const account = z.object({ id: z.string() });
const contractOf = (
  days: z.ZodType,
  payload: z.ZodObject = z.object({ account }),
): ContractDocument =>
  defineContract({
    name: 'audit',
    payload,
    configuration: z.strictObject({ days }),
    output: z.object({ findings: z.int() }),
    examples: [{ payload: { account: { id: '1' }, tier: 'a' }, configuration: { days: 30 } }],
  }).document;

type Held = Required<Pick<AwsContent, 'parameters' | 'objects' | 'executions'>>;

const old = contractOf(z.int().max(90));
const narrower = contractOf(z.int().max(60));
const needsTier = contractOf(z.int().max(90), z.object({ account, tier: z.string() }));

const sends = z.toJSONSchema(z.object({ account }), { io: 'input' });
const sendsTier = z.toJSONSchema(z.object({ account, tier: z.string() }), { io: 'input' });
const targetsWith = (...days: number[]): SentTarget[] =>
  days.map((each, index) => ({ id: `t${index}`, child: 'audit', configuration: { days: each } }));

/** What goes out: the child with this contract, the orchestrator with these targets. */
function stageWith(
  contract: ContractDocument,
  targets: readonly SentTarget[],
  payload = sends,
): Stage {
  return {
    name: 'prod',
    functions: [],
    stateMachines: [
      machineOf('audit', { contract }),
      orchestratorOf('review', targets, { payload }),
    ],
  };
}

interface Running {
  readonly targets: readonly SentTarget[];
  readonly payload: unknown;
}

/** What is there: as SSM, S3 and Step Functions hold it. */
function awsWith(
  contract: ContractDocument | undefined,
  targets: readonly SentTarget[] | undefined,
  running: readonly Running[] = [],
): Held {
  const record = (kind: string, name: string, hash: string) =>
    JSON.stringify({
      ...{ kind, name, version: 1, hash, stateMachineArn: `${ARN}${name}` },
      schemas: { bucket: 'assets', key: `${name}.json` },
    });
  return {
    parameters: {
      ...(contract
        ? { '/harmony/prod/children/audit': record('child', 'audit', contract.hash) }
        : {}),
      ...(targets
        ? { '/harmony/prod/orchestrators/review': record('orchestrator', 'review', 'h') }
        : {}),
      '/harmony/dev/children/audit': record('child', 'audit', 'of another stage'),
    },
    objects: {
      ...(contract ? { 'assets/audit.json': JSON.stringify(contract) } : {}),
      ...(targets
        ? {
            'assets/review.json': JSON.stringify({
              name: 'review',
              hash: 'h',
              payload: sends,
              targets,
            }),
          }
        : {}),
    },
    executions: running.map((each, index) => ({
      executionArn: `arn:aws:states:us-east-1:123456789012:execution:prod-review:run-${index}`,
      stateMachineArn: `${ARN}review`,
      definition: JSON.stringify(definitionOf(each.targets)),
      input: JSON.stringify({ payload: each.payload }),
    })),
  };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-records-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The same records as files. */
async function writeRecords(aws: Held): Promise<void> {
  const files: [string, string][] = [
    ...Object.entries(aws.parameters).map(([name, value]): [string, string] => [
      `${name.replace('/harmony/', '')}.json`,
      value,
    ]),
    ...Object.entries(aws.objects).map(([name, value]): [string, string] => [
      name.replace('assets/', 'schemas/'),
      value,
    ]),
    ...aws.executions.map(({ executionArn, definition, input }, index): [string, string] => [
      `prod/executions/${index}.json`,
      JSON.stringify({
        ...{ executionArn, orchestrator: 'review' },
        definition: JSON.parse(definition) as unknown,
        input: JSON.parse(input) as unknown,
      }),
    ]),
  ];
  for (const [name, text] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** The double of tools/fake-aws, as this process's AWS. */
async function awsHolding(content: AwsContent) {
  const server = await startFakeAws(content);
  for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
  return server;
}
afterEach(() => vi.unstubAllEnvs());

async function viaAws(aws: Held, stage: Stage, name: string): Promise<DeployVerdict | undefined> {
  await using _server = await awsHolding(aws);
  return canDeploy(stage, name, await awsSource().read('prod'));
}

async function viaFolder(
  aws: Held,
  stage: Stage,
  name: string,
): Promise<DeployVerdict | undefined> {
  await writeRecords(aws);
  return canDeploy(stage, name, await folderSource(folder).read('prod'));
}

describe.each([
  ['AWS', viaAws],
  ['a folder', viaFolder],
])('canDeploy, with what is deployed read from %s', (_title, check) => {
  const payload = { account: { id: '1' } };

  test('a child whose contract accepts what is sent may go out', async () => {
    const aws = awsWith(old, targetsWith(30), [{ targets: targetsWith(30), payload }]);
    const verdict = await check(aws, stageWith(narrower, targetsWith(30)), 'audit');
    expect(verdict).toMatchObject({ kind: 'child', allowed: true, conflicts: [], deployFirst: [] });
    expect(verdict?.checked).toBe('1 deployed orchestrators and 1 executions in flight run audit');
  });

  test('a child that would refuse a deployed target may not, and the orchestrator goes first', async () => {
    const aws = awsWith(old, targetsWith(30, 80));
    const verdict = await check(aws, stageWith(narrower, targetsWith(30, 50)), 'audit');
    expect(verdict).toMatchObject({
      allowed: false,
      conflicts: [
        {
          orchestrator: 'review',
          target: 't1',
          path: 'configuration.days',
          counterexample: { days: 80 },
        },
      ],
    });
    expect(verdict?.deployFirst).toEqual([expect.stringMatching(/^Deploy review first/)]);
  });

  test('a child that needs more of the payload than is sent may not', async () => {
    const aws = awsWith(old, targetsWith(30));
    const verdict = await check(aws, stageWith(needsTier, targetsWith(30)), 'audit');
    expect(verdict).toMatchObject({
      allowed: false,
      conflicts: [
        { orchestrator: 'review', path: 'payload.tier', counterexample: { account: {} } },
      ],
    });
    expect(verdict?.deployFirst[0]).toContain('Expand before you contract');
  });

  test('an execution in flight keeps its old targets and payload', async () => {
    const running = [
      { targets: targetsWith(80), payload: { account: { id: '1' } } },
      { targets: targetsWith(30), payload: { account: { id: 1 } } },
    ];
    const aws = awsWith(old, targetsWith(30), running);
    const verdict = await check(aws, stageWith(narrower, targetsWith(30)), 'audit');
    expect(verdict?.conflicts.map(({ execution, path }) => [execution?.at(-1), path])).toEqual([
      ['0', 'configuration.days'],
      ['1', 'payload.account.id'],
    ]);
    expect(verdict?.deployFirst).toEqual([expect.stringMatching(/^Wait for the 2 executions/)]);
  });

  test('an orchestrator whose children accept what it sends may go out', async () => {
    const verdict = await check(awsWith(old, undefined), stageWith(old, targetsWith(60)), 'review');
    expect(verdict).toMatchObject({ kind: 'orchestrator', allowed: true });
  });

  test('an orchestrator may not go out before a child that it runs', async () => {
    const verdict = await check(
      awsWith(undefined, undefined),
      stageWith(old, targetsWith(60)),
      'review',
    );
    expect(verdict).toMatchObject({
      allowed: false,
      conflicts: [{ target: 't0', path: 'child', reason: 'audit is not deployed in prod' }],
      deployFirst: [expect.stringMatching(/^Deploy audit first/) as string],
    });
  });

  test('an orchestrator that needs a newer child says to deploy that one first', async () => {
    const aws = awsWith(narrower, targetsWith(30));
    const verdict = await check(aws, stageWith(old, targetsWith(80)), 'review');
    expect(verdict).toMatchObject({ allowed: false, conflicts: [{ path: 'configuration.days' }] });
    expect(verdict?.deployFirst).toEqual([expect.stringMatching(/^Deploy audit first/)]);
  });

  test('an orchestrator that no version of the child accepts must change', async () => {
    const aws = awsWith(needsTier, undefined);
    const verdict = await check(aws, stageWith(needsTier, targetsWith(30)), 'review');
    expect(verdict?.deployFirst).toEqual([expect.stringMatching(/^Change the targets of audit/)]);
    const fits = await check(aws, stageWith(needsTier, targetsWith(30), sendsTier), 'review');
    expect(fits?.allowed).toBe(true);
  });

  test('a name that the assembly does not have is no verdict', async () => {
    expect(await check(awsWith(old, undefined), stageWith(old, []), 'nobody')).toBeUndefined();
  });

  test('a record whose schemas are not those that it names is refused', async () => {
    const aws = awsWith(old, undefined);
    const torn = { ...aws, objects: { 'assets/audit.json': JSON.stringify(narrower) } };
    await expect(check(torn, stageWith(old, []), 'audit')).rejects.toMatchObject({
      code: 'RECORD_INVALID',
    });
  });
});

test('a call that AWS refuses is told with what to do', async () => {
  await using _server = await awsHolding({ ...awsWith(old, undefined), denied: ['*'] });
  await expect(awsSource().read('prod')).rejects.toThrow(/AccessDeniedException.*--records/);
});

describe('a stage that says where it goes', () => {
  const held = awsWith(old, targetsWith(30, 80));

  test('is read with credentials of its account, in its region', async () => {
    await using server = await awsHolding(held);
    vi.stubEnv('AWS_REGION', undefined);
    const { id: account, region } = server.account;
    const deployed = await awsSource({ account, region }).read('prod');
    expect(canDeploy(stageWith(narrower, []), 'audit', deployed)?.allowed).toBe(false);
    await expect(awsSource({ account }).read('prod')).rejects.toMatchObject({
      code: 'AWS_UNREACHABLE',
    });
  });

  test('is refused with credentials of another account, whose lack of records permits all', async () => {
    await using server = await awsHolding({});
    await expect(awsSource({ account: '210987654321' }).read('prod')).rejects.toMatchObject({
      code: 'OTHER_ACCOUNT',
      message: expect.stringMatching(
        /prod goes to the account 210987654321.*those of 123456789012/,
      ) as string,
    });
    expect(server.calls.map(({ action }) => action)).toEqual(['GetCallerIdentity']);
  });

  test('is refused where nobody says whose the credentials are', async () => {
    await using server = await awsHolding({ ...held, denied: ['GetCallerIdentity'] });
    const source = awsSource({ account: server.account.id });
    await expect(source.read('prod')).rejects.toMatchObject({ code: 'AWS_UNREACHABLE' });
  });
});

describe('a folder of records', () => {
  test('that is not there is refused: it would permit everything', async () => {
    const source = folderSource(join(folder, 'mistyped'));
    await expect(source.read('prod')).rejects.toThrow(/mistyped isn't a folder/);
  });

  test('without the stage is a stage with nothing deployed', async () => {
    await mkdir(folder, { recursive: true });
    expect(await folderSource(folder).read('nowhere')).toEqual({
      children: [],
      orchestrators: [],
      running: [],
    });
  });

  test.each([
    ['{', 'is not JSON'],
    ['{ "executionArn": "arn:of:it" }', "isn't an execution"],
  ])('with an execution that is %s is refused by its file', async (text, reason) => {
    await mkdir(join(folder, 'odd/executions'), { recursive: true });
    await writeFile(join(folder, 'odd/executions/1.json'), text);
    await expect(folderSource(folder).read('odd')).rejects.toMatchObject({
      code: 'RECORD_INVALID',
      message: expect.stringMatching(new RegExp(`1\\.json ${reason}`)) as string,
    });
  });
});
