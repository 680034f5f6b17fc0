import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../testing/call.ts';
import type { CallResult } from '../testing/call.ts';

/** A folder that is no workspace, with what a stranger has. */
const FILES = {
  'pause.asl.json': `{ "StartAt": "Wait", "States": {
    "Wait": { "Type": "Wait", "Seconds": \${Pause}, "Next": "Call" },
    "Call": { "Type": "Task", "Resource": "\${Greet}", "Next": "Say" },
    "Say": { "Type": "Pass", "Parameters": { "said.$": "$", "in": "\${AWS::Region}" }, "End": true } } }`,
  'pause.yaml': `StartAt: Wait
States:
  Wait: { Type: Wait, Seconds: 3, Next: Done }
  Done: { Type: Succeed }
`,
  'no.asl.json': '{ "StartAt": }',
  'orders.asl.json': {
    StartAt: 'Charge',
    States: {
      Charge: {
        ...{ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' },
        Parameters: { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' },
        ...{ TimeoutSeconds: 100_000, Next: 'Reserve' },
      },
      Reserve: {
        ...{ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Next: 'Ship' },
        Parameters: { FunctionName: 'reserve', Article: 'lamp' },
      },
      Ship: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true },
    },
  },
  'values.json': { Pause: 7 },
  'mocks.json': {
    StateMachines: { pause: { TestCases: { HappyPath: { Call: 'Hello' } } } },
    MockedResponses: { Hello: { '0': { Return: 'hello' } } },
  },
  'template.yaml': `Transform: AWS::Serverless-2016-10-31
Parameters:
  Site: { Type: String }
Globals:
  Function: { Runtime: nodejs24.x, Timeout: 5, Environment: { Variables: { COMMON: c } } }
Resources:
  Greet:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: greet/
      Handler: app.handler
      AutoPublishAlias: live
      Environment: { Variables: { SITE: !Ref Site } }
  FromFile:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: pause.asl.json
      DefinitionSubstitutions: { Greet: !GetAtt Greet.Arn, Pause: 4 }
  Text:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: texty
      DefinitionString: !Sub '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"\${Greet.Arn}","End":true}}}'
  Alias:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      Definition:
        StartAt: A
        States:
          A: { Type: Task, Resource: !Ref Greet.Alias, End: true }
`,
  'three.yaml': `Resources:
  Py: { Type: AWS::Lambda::Function, Properties: { Runtime: python3.12, Handler: app.go, Code: py } }
  Ts: { Type: AWS::Lambda::Function, Properties: { Runtime: nodejs24.x, Handler: src/app.go, Code: ts } }
  In: { Type: AWS::Lambda::Function, Properties: { Runtime: nodejs24.x, Handler: index.go, Code: { ZipFile: 'exports.go = async () => "inline"' } } }
  Jv: { Type: AWS::Lambda::Function, Properties: { Runtime: java21, Handler: A, Code: java } }
  All: &all
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition:
        StartAt: P
        States:
          P:
            Type: Parallel
            Branches:
              - { StartAt: A, States: { A: { Type: Task, Resource: !GetAtt Py.Arn, End: true } } }
              - { StartAt: B, States: { B: { Type: Task, Resource: !GetAtt Ts.Arn, End: true } } }
              - { StartAt: C, States: { C: { Type: Task, Resource: !GetAtt In.Arn, End: true } } }
            End: true
  Java:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition: { StartAt: D, States: { D: { Type: Task, Resource: !GetAtt Jv.Arn, End: true } } }
`,
  'py/app.py': 'def go(event, context):\n    return {"python": event}\n',
  'ts/src/app.ts': `import { Handler } from 'aws-lambda';
import { word } from './word';
export const go: Handler = async () => word as string;
`,
  'ts/src/word.ts': `export const word: string = 'typed';`,
  'java/A.java': '',
  'bad.yaml': `Resources:
  Broken:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: A
        States:
          A: { Type: Pass, Ende: true }
`,
  'torn.yaml': 'Resources:\n  A: [1\n',
  'greet/app.js': `exports.handler = async (event) => ({ site: process.env.SITE, common: process.env.COMMON });`,
};

let cwd: string;
const harmony = (...args: string[]): Promise<CallResult> => call(args, { cwd });
const output = ({ stdout }: CallResult): unknown =>
  (JSON.parse(stdout) as { output: unknown }).output;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'harmony-cli-foreign-'));
  for (const [name, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(cwd, name)), { recursive: true });
    await writeFile(
      join(cwd, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  }
});
afterAll(() => rm(cwd, { recursive: true }));

describe('harmony run of a definition outside any workspace', () => {
  it('replaces its substitutions, with mocks from a file', async () => {
    const args = ['--substitutions', 'Pause=5', 'Greet=arn:aws:lambda:us-east-1:1:function:g'];
    const ran = await harmony(
      'run',
      'pause.asl.json',
      ...args,
      '--mocks-file',
      'mocks.json',
      '--json',
    );
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(output(ran)).toEqual({ said: 'hello', in: 'us-east-1' });
  });

  it('names each that has no value, with its place, and runs with a stand-in', async () => {
    const args = ['--substitutions', 'values.json', '--mocks-file', 'mocks.json', '--json'];
    const { status, stderr } = await harmony('run', 'pause.asl.json', ...args);
    expect(status).toBe(0);
    expect(stderr).toBe(
      'pause.asl.json:3:44: ${Greet} has no value; arn:aws:lambda:us-east-1:123456789012:function:stand-in--Greet stands in for it. Give one with --substitutions Greet=VALUE\n',
    );
  });

  it('names a mock for a state that does not exist', async () => {
    const stray = FILES['mocks.json'].StateMachines.pause;
    const cases = { HappyPath: { ...stray.TestCases.HappyPath, Cal: 'Hello' } };
    const file = { ...FILES['mocks.json'], StateMachines: { pause: { TestCases: cases } } };
    await writeFile(join(cwd, 'stray.json'), JSON.stringify(file));
    const args = ['--substitutions', 'Pause=1', 'Greet=arn:aws:lambda:us-east-1:1:function:g'];
    const run = ['run', 'pause.asl.json', ...args, '--mocks-file', 'stray.json'];
    const { status, stderr } = await harmony(...run);
    expect(stderr).toMatch(
      /^harmony: .*stray\.json answers for what pause has no state for: StateMachines\.pause\.TestCases\.HappyPath\.Cal\. Correct the name, or take it out\.\n$/,
    );
    expect(status).toBe(0);
  });

  it('says what a Task without a mock needs', async () => {
    const { status, stdout } = await harmony('run', 'pause.asl.json');
    expect(status).toBe(1);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Give one with --mocks-file FILE');
  });

  it('takes YAML, and a kind of workflow', async () => {
    const ran = await harmony('run', 'pause.yaml', '--type', 'EXPRESS', '--json');
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toContain(':express:pause:');
  });

  it.each([
    [['run', 'no.asl.json'], /^harmony: no\.asl\.json:1:14: /],
    [['run', 'gone.json'], 'gone.json cannot be read: there is no such file'],
    [['run', 'pause.yaml', 'Other'], 'pause.yaml holds one state machine: leave out Other'],
    [['run', 'pause.yaml', '--stage', 'dev'], 'is a file: leave out --assembly and --stage'],
    [['run', 'pause.yaml', '--substitutions', 'x'], 'x is neither'],
    [['run', 'pause.yaml', '--mocks-file', 'gone'], 'There is no mock configuration'],
    [['run', 'template.yaml', 'FromFile', '--mocks-file', 'mocks.json'], 'has mocks of pause'],
    [['run', 'template.yaml'], 'has 3 state machines: name one of FromFile, Text, Alias after it'],
    [['run', 'template.yaml', 'None'], 'has no state machine None. Known: FromFile, Text, Alias'],
    [
      ['run', 'template.yaml', 'Text', '--type', 'EXPRESS'],
      '--type is for a file with a definition',
    ],
    [['run', 'torn.yaml'], /torn\.yaml:\d+:\d+: /],
    [['run', 'bad.yaml'], "Field 'Ende' is not supported"],
  ])('%j is refused in one message', async (args, message) => {
    const { status, stderr } = await harmony(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('docs/mocks.md', () => {
  const text = readFile(join(import.meta.dirname, '../../../../docs/mocks.md'), 'utf8');
  const blocks = async (language: string): Promise<string[]> =>
    Array.from(
      (await text).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')),
      ([, block]) => block ?? '',
    );

  it('has commands that run, and an example that runs as it says', async () => {
    const [commands = ''] = await blocks('sh');
    for (const command of commands.trim().split('\n')) {
      const ran = await harmony(...command.split(' ').slice(2));
      expect(ran, command).toMatchObject({ status: 0 });
    }
    const [example = ''] = await blocks('json');
    await writeFile(join(cwd, 'example.json'), example);
    const ran = await harmony('run', 'orders.asl.json', '--mocks-file', 'example.json', '--json');
    const { startDate, stopDate, error } = JSON.parse(ran.stdout) as Record<string, string>;
    expect(Date.parse(stopDate as string) - Date.parse(startDate as string)).toBe(86_400_000);
    expect(error).toBe('OutOfStock');
    const silent = ['--mocks', 'orders=Silent', '--mocks-file', 'example.json'];
    const { stdout } = await harmony('run', 'orders.asl.json', ...silent);
    expect(stdout).toContain('States.Timeout');
  });
});

describe('harmony mocks init', () => {
  it('writes an entry for each Task, with which the state machine runs; again it adds nothing', async () => {
    const first = await harmony('mocks', 'init', 'pause.asl.json');
    expect(first).toMatchObject({ status: 0 });
    expect(first.stdout).toContain('pause.mocks.json has an answer for 1 Task more: "Call"');
    const ran = await harmony('run', 'pause.yaml', '--mocks-file', 'pause.mocks.json');
    expect(ran.status).toBe(0);
    const json = ['--mocks-file', 'pause.mocks.json', '--json'];
    const own = await harmony('run', 'pause.asl.json', '--substitutions', 'Pause=1', ...json);
    expect(output(own)).toEqual({ said: {}, in: 'us-east-1' });
    const again = await harmony('mocks', 'init', 'pause.asl.json');
    expect(again.stdout).toContain('has an entry for each Task');
  });

  it('leaves out what really runs, and refuses a file that is no mock configuration', async () => {
    const ran = await harmony('mocks', 'init', 'template.yaml', 'FromFile', '--out', 'out.json');
    expect(ran.stdout).toContain('has an entry for each Task');
    const refused = await harmony('mocks', 'init', 'pause.asl.json', '--out', 'values.json');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('values.json is not a valid mock configuration');
  });
});

describe('harmony run of a template', () => {
  it('runs a definition of a file beside it, with the functions of its CodeUri', async () => {
    const ran = await harmony('run', 'template.yaml', 'FromFile', '--json');
    expect(ran.status).toBe(0);
    const said = { site: 'stand-in--template--Site', common: 'c' };
    expect(output(ran)).toEqual({ said, in: '${AWS::Region}' });
    expect(ran.stderr).toBe(
      'warning: the environment of template-Greet has stand-in--template--Site for {"Ref":"Site"}: the parameter has no default value\n',
    );
  });

  it.each(['Text', 'texty', 'Alias'])('finds %s by its logical id or its name', async (name) => {
    const ran = await harmony('run', 'template.yaml', name, '--json');
    expect(output(ran)).toMatchObject({ common: 'c' });
  });
});

describe('harmony run of functions', () => {
  it('runs Python, TypeScript and inline code', async () => {
    const ran = await harmony('run', 'three.yaml', 'All', '--json');
    expect(output(ran)).toEqual([{ python: {} }, 'typed', 'inline']);
  });

  it('refuses another runtime by its name', async () => {
    const { status, stdout } = await harmony('run', 'three.yaml', 'Java');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('a local run has no runtime java21');
    expect(status).toBe(1);
  });
});

describe('harmony validate of a template', () => {
  it('checks the definitions in it, and those in files of their own', async () => {
    const { status, stdout } = await harmony('validate', 'template.yaml');
    expect(stdout).toContain('2 files valid');
    expect(status).toBe(0);
  });

  it('says where in the template a finding stands', async () => {
    const { status, stdout } = await harmony('validate', 'bad.yaml');
    expect(stdout).toContain('bad.yaml:8:28: ');
    expect(status).toBe(1);
  });

  it('refuses one that cannot be read', async () => {
    const { status, stderr } = await harmony('validate', 'torn.yaml');
    expect(stderr).toMatch(/torn\.yaml:\d+:\d+: /);
    expect(status).toBe(2);
  });
});
