import { globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readAssembly } from '@harmony/assembly';
import { environmentOf, type StageEnvironment, textIn } from '@harmony/orchestration';
import { describe, expect, it } from 'vitest';
import { shared } from '../src/shared.ts';
import { stages } from '../src/stages.ts';
import { ASSEMBLY, readTemplate, resources, type Template } from './assembly-copy.ts';

const WORKSPACE = join(import.meta.dirname, '..', '..');

/** As the folders say: a new child or orchestration is held to all of this, too. */
const CHILDREN = globSync('apps/*/workflow.asl.{yaml,json}', { cwd: WORKSPACE })
  .map((file) => basename(dirname(file)))
  .sort();
const ORCHESTRATIONS = globSync('infra/src/orchestrations/*.ts', { cwd: WORKSPACE })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => basename(file, '.ts'))
  .sort();
const WORKFLOWS = [...CHILDREN, ...ORCHESTRATIONS];
const STACKS = [...WORKFLOWS, 'shared'];
const STAGES = stages.map(({ name }) => name);

const everyTemplate = STAGES.flatMap((stage) =>
  STACKS.map((stack) => [stage, stack, readTemplate(ASSEMBLY, stage, stack)] as const),
);

/** A text of a template, in an environment. */
function joined(value: Template | string, { account, region }: StageEnvironment): string {
  if (typeof value === 'string') return value;
  const known: Template = { 'AWS::AccountId': account, 'AWS::Region': region };
  const parts: (string | Template)[] = value['Fn::Join'][1];
  return parts.map((part) => (typeof part === 'string' ? part : known[part.Ref])).join('');
}

describe('the synthesised assembly', () => {
  it('has a stack of its own for each child and each orchestrator, and one that they share', async () => {
    const assembly = await readAssembly(ASSEMBLY);
    for (const { name, stacks, stateMachines } of assembly.stages) {
      const names = stateMachines.map(({ stack }) => stack);
      expect(names.toSorted()).toEqual(WORKFLOWS.map((stack) => `${name}-${stack}`).sort());
      expect(stacks?.toSorted()).toEqual(STACKS.map((stack) => `${name}-${stack}`).sort());
      expect(stateMachines.map((machine) => machine.name)).toEqual(names);
    }
  });

  it.each(everyTemplate)(
    'ties %s/%s to no other stack by an export or an import',
    (_, __, template) => {
      const text = JSON.stringify(template);
      expect(text).not.toContain('Fn::ImportValue');
      expect(text).not.toContain('Fn::GetStackOutput');
      expect(template.Outputs).toBeUndefined();
    },
  );

  it('lets each stack deploy without another one', () => {
    for (const stage of STAGES) {
      const manifest = readFileSync(join(ASSEMBLY, `assembly-${stage}`, 'manifest.json'), 'utf8');
      const artifacts = Object.entries<Template>((JSON.parse(manifest) as Template).artifacts);
      const stacks = artifacts.filter(([, { type }]) => type === 'aws:cloudformation:stack');
      expect(stacks).toHaveLength(STACKS.length);
      for (const [id, { dependencies }] of stacks) expect(dependencies).toEqual([`${id}.assets`]);
      const isProtected = stages.find(({ name }) => name === stage)?.protect;
      for (const [, { properties }] of stacks) {
        expect(properties.terminationProtection === true).toBe(isProtected === true);
      }
    }
  });

  it('is bound to the account and the region that a stage names, and to no other', () => {
    for (const { name, env } of stages) {
      const manifest = readFileSync(join(ASSEMBLY, `assembly-${name}`, 'manifest.json'), 'utf8');
      const { account = 'unknown-account', region = 'unknown-region' } = env ?? {};
      expect(new Set(manifest.match(/aws:\/\/[^"]*/g))).toEqual(
        new Set([`aws://${account}/${region}`]),
      );
    }
  });

  it.each(everyTemplate)(
    'runs the functions of %s/%s on nodejs24.x and arm64',
    (_, stack, template) => {
      const functions = resources(template, 'AWS::Lambda::Function');
      expect(functions.length > 0).toBe(CHILDREN.includes(stack));
      for (const { Properties } of functions) {
        expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      }
    },
  );

  it.each(everyTemplate)(
    'gives every role of %s/%s policies of its own only',
    (_, __, template) => {
      for (const { Properties } of resources(template, 'AWS::IAM::Role')) {
        expect(Properties.ManagedPolicyArns).toBeUndefined();
      }
    },
  );

  it.each(everyTemplate)(
    'keeps the logs of %s/%s as long as the stage says, with execution data where it says so',
    (name, _, template) => {
      const settings = stages.find((stage) => stage.name === name);
      for (const { Properties } of resources(template, 'AWS::Logs::LogGroup')) {
        expect(Properties.RetentionInDays).toBe(settings?.logRetention);
      }
      for (const machine of resources(template, 'AWS::StepFunctions::StateMachine')) {
        expect(machine.Properties.LoggingConfiguration.IncludeExecutionData).toBe(
          settings?.includeExecutionData,
        );
      }
    },
  );

  it.each(everyTemplate)(
    'keeps what %s/%s has written when its stack is deleted, in a protected stage only',
    (name, _, template) => {
      const isProtected = stages.find((stage) => stage.name === name)?.protect === true;
      for (const type of ['AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::SNS::Topic']) {
        for (const { DeletionPolicy } of resources(template, type)) {
          expect(DeletionPolicy).toBe(isProtected ? 'RetainExceptOnCreate' : 'Delete');
        }
      }
    },
  );

  it.each(everyTemplate)('names no account, no region and no partition in %s/%s', (...entry) => {
    const text = JSON.stringify(entry[2].Resources, (key, value: unknown) =>
      // A contract's examples and patterns are no names of resources.
      key === 'Metadata' ? undefined : value,
    );
    // The ARN of a Task's Resource is the same in every partition.
    const fixed = text.replaceAll('arn:aws:states:::', '');
    expect(fixed.match(/arn:aws[^"]*|\b\d{12}\b|\b[a-z]{2}-[a-z]+-\d\b/g) ?? []).toEqual([]);
  });

  it('names what is shared as the configurations of targets name it', () => {
    for (const { name, env } of stages) {
      const environment = environmentOf(name, env);
      const template = readTemplate(ASSEMBLY, name, 'shared');
      const names = [
        ...resources(template, 'AWS::SNS::Topic').map(({ Properties }) => Properties.TopicName),
        ...resources(template, 'AWS::S3::Bucket').map(({ Properties }) => Properties.BucketName),
      ].map((value) => joined(value, environment));
      const expected = Object.keys(shared.kinds).map((key) =>
        textIn(shared.resource(key as keyof typeof shared.kinds).name.parts, environment),
      );
      expect(names.sort()).toEqual(expected.sort());
    }
  });

  it('names the mocks of each child, relative to the workspace', async () => {
    const assembly = await readAssembly(ASSEMBLY);
    const mocks = assembly.stages[0]?.stateMachines.flatMap((machine) => machine.mocks ?? []);
    expect(mocks?.sort()).toEqual(CHILDREN.map((child) => `apps/${child}/mocks.json`).sort());
  });

  it('holds no path of the machine that wrote it', () => {
    const files = readdirSync(ASSEMBLY, { recursive: true, withFileTypes: true });
    for (const entry of files.filter((file) => file.isFile())) {
      const content = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      expect(content.includes(WORKSPACE), entry.name).toBe(false);
    }
  });
});
