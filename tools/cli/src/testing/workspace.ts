import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defineContract } from '@harmony/contract';
import { textOfSnapshot } from '@harmony/contract-checks/snapshots';
import {
  defineOrchestration,
  deployedDocument,
  renderOrchestrator,
  target,
} from '@harmony/orchestration';
import type { Debug, OnTargetFailure } from '@harmony/artifact';
import type { Target } from '@harmony/orchestration';
import { z } from 'zod';

/**
 * A small workspace with a hand-made assembly, for this package's tests: an orchestrator
 * `morning-round` over two children. `greenhouse` reads a sensor (mocked) and decides in a real
 * handler; `pond` only computes, and fails when its payload says so.
 */
export interface TestWorkspace extends AsyncDisposable {
  readonly root: string;
  write(path: string, content: unknown): Promise<void>;
  remove(path: string): Promise<void>;
}

const payload = z.object({ site: z.string(), broken: z.boolean().optional() });

export const greenhouse = defineContract({
  name: 'greenhouse',
  payload: payload.pick({ site: true }),
  configuration: z.strictObject({ minimum: z.number() }),
  output: z.object({ degrees: z.number(), heat: z.boolean() }),
  examples: [{ payload: { site: 'north' }, configuration: { minimum: 18 } }],
});

export const pond = defineContract({
  name: 'pond',
  payload,
  configuration: z.strictObject({
    note: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
  output: z.object({ note: z.string(), labels: z.record(z.string(), z.string()).optional() }),
  examples: [{ payload: { site: 'north' }, configuration: { note: 'ducks' } }],
});

/** Text that some language would evaluate, if anything did. */
export const EXPRESSIONS = {
  note: '{% $states.input %}',
  labels: {
    path: '$.payload.site',
    context: '$$.Execution.Id',
    intrinsic: "States.Format('{}', $.payload)",
    'key.$': '$.payload',
    pseudoParameter: '${AWS::Region}',
    substitution: '${Foo}',
    'States.UUID()': '{% 1 + 1 %}',
  },
};

type Targets = readonly (Target<typeof greenhouse> | Target<typeof pond>)[];

const usualTargets: Targets = [
  target(greenhouse, { id: 'warm', configuration: { minimum: 18 }, delay: 60 }),
  target(greenhouse, { id: 'tropical', configuration: { minimum: 28 } }),
  target(pond, { id: 'pond', configuration: EXPRESSIONS }),
  target(pond, { id: 'old-pond', configuration: { note: 'dry' }, disableTarget: true }),
];

const arn = (service: string, kind: string, name: string): string =>
  `arn:aws:${service}:us-east-1:123456789012:${kind}:${name}`;

const greenhouseDefinition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Read sensor',
  States: {
    'Read sensor': {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:iotdataplane:getThingShadow',
      Arguments: { ThingName: '{% $states.input.payload.site %}' },
      Assign: { minimum: '{% $states.input.configuration.minimum %}' },
      Retry: [{ ErrorEquals: ['IotDataPlane.ThrottlingException'], IntervalSeconds: 2 }],
      Next: 'Decide',
    },
    Decide: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: {
        FunctionName: arn('lambda', 'function', 'dev-greenhouse-decide'),
        Payload: { degrees: '{% $states.input.degrees %}', minimum: '{% $minimum %}' },
      },
      Output: '{% $states.result.Payload %}',
      End: true,
    },
  },
};

const pondDefinition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Look',
  States: {
    Look: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.payload.broken = true %}', Next: 'Leak' }],
      Default: 'Done',
    },
    Leak: { Type: 'Fail', Error: 'PondLeaks', Cause: 'the pond of this site is empty' },
    Done: { Type: 'Succeed', Output: '{% $states.input.configuration %}' },
  },
};

const mocks = {
  StateMachines: {
    greenhouse: {
      TestCases: {
        HappyPath: { 'Read sensor': 'Mild' },
        Throttled: { 'Read sensor': 'ThrottledTwice' },
        Unmocked: {},
        Wordy: { 'Read sensor': 'NotANumber' },
      },
    },
  },
  MockedResponses: {
    Mild: { '0': { Return: { degrees: 21 } } },
    ThrottledTwice: {
      '0-1': { Throw: { Error: 'IotDataPlane.ThrottlingException', Cause: 'slow down' } },
      '2': { Return: { degrees: 12 } },
    },
    NotANumber: { '0': { Return: { degrees: 'mild' } } },
  },
};

const decide = `export const handler = async ({ degrees, minimum }) => {
  if (typeof degrees !== 'number') throw new TypeError('degrees is no number: ' + degrees);
  console.log('deciding');
  return { degrees, heat: degrees < minimum };
};`;

export async function testWorkspace(
  options: {
    readonly onTargetFailure?: OnTargetFailure;
    readonly targets?: Targets;
    /** The stage's switches. */
    readonly debug?: Debug;
  } = {},
): Promise<TestWorkspace> {
  const root = await mkdtemp(join(tmpdir(), 'harmony-cli-'));
  const write = async (path: string, content: unknown): Promise<void> => {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  };
  const orchestration = defineOrchestration({
    name: 'morning-round',
    payload,
    onTargetFailure: options.onTargetFailure ?? 'failAtEnd',
    targets: options.targets ?? usualTargets,
  });
  const rendered = renderOrchestrator(orchestration, {
    debug: options.debug ?? {},
    stateMachineArn: (child) => arn('states', 'stateMachine', `dev-${child}`),
  });
  await write('nx.json', {});
  const { targets } = deployedDocument(orchestration);
  const { document } = orchestration;
  await write('infra/contracts/morning-round.json', textOfSnapshot({ document, targets }));
  await write('apps/greenhouse/mocks.json', mocks);
  await write('children/greenhouse/states.json', greenhouseDefinition);
  await write('children/pond/states.json', pondDefinition);
  await write('infra/examples/morning-round.json', { payload: { site: 'north' } });
  await write('apps/greenhouse/example.json', {
    payload: { site: 'north' },
    configuration: { minimum: 30 },
  });
  const out = 'infra/cdk.out';
  const dev = `${out}/assembly-dev`;
  await write(`${out}/asset.decide/index.mjs`, decide);
  await write(`${out}/manifest.json`, {
    version: '48.0.0',
    artifacts: {
      'assembly-dev': {
        type: 'cdk:cloud-assembly',
        properties: { directoryName: 'assembly-dev', displayName: 'dev' },
      },
    },
  });
  await write(`${dev}/manifest.json`, {
    version: '48.0.0',
    artifacts: {
      assets: { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } },
      stack: {
        type: 'aws:cloudformation:stack',
        dependencies: ['assets'],
        properties: { templateFile: 'template.json', stackName: 'dev-farm' },
      },
    },
  });
  await write(`${dev}/assets.json`, {
    files: {
      decide: {
        source: { path: '../asset.decide', packaging: 'zip' },
        destinations: { here: { bucketName: 'assets', objectKey: 'decide.zip' } },
      },
    },
  });
  const machine = (name: string, definition: object, metadata: object): object => ({
    Type: 'AWS::StepFunctions::StateMachine',
    Metadata: metadata,
    Properties: {
      StateMachineName: `dev-${name}`,
      DefinitionString: JSON.stringify(definition),
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
    },
  });
  await write(`${dev}/template.json`, {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: 'dev-farm', Policies: [] },
      },
      Decide: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'dev-greenhouse-decide',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Timeout: 10,
          MemorySize: 256,
          Code: { S3Bucket: 'assets', S3Key: 'decide.zip' },
        },
      },
      Greenhouse: machine('greenhouse', greenhouseDefinition, {
        'harmony:contract': greenhouse.document,
        'harmony:mocks': 'apps/greenhouse/mocks.json',
        'harmony:definition': 'children/greenhouse/states.json',
      }),
      Pond: machine('pond', pondDefinition, {
        'harmony:contract': pond.document,
        'harmony:definition': 'children/pond/states.json',
      }),
      MorningRound: machine('morning-round', rendered, {
        'harmony:orchestration': orchestration.document,
      }),
    },
  });
  const remove = (path: string) => rm(join(root, path), { recursive: true });
  return {
    root,
    write,
    remove,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
