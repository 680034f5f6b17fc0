import { globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readAssembly } from '@harmony/assembly';
import { describe, expect, it } from 'vitest';
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
const STACKS = [...CHILDREN, ...ORCHESTRATIONS];
const STAGES = stages.map(({ name }) => name);

const everyTemplate = STAGES.flatMap((stage) =>
  STACKS.map((stack) => [stage, stack, readTemplate(ASSEMBLY, stage, stack)] as const),
);

describe('the synthesised assembly', () => {
  it('has a stack of its own for each child and each orchestrator, and no other', async () => {
    const assembly = await readAssembly(ASSEMBLY);
    for (const { name, stateMachines } of assembly.stages) {
      const names = stateMachines.map(({ stack }) => stack);
      expect(names.toSorted()).toEqual(STACKS.map((stack) => `${name}-${stack}`).sort());
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
    }
  });

  it('is bound to no account and no region', () => {
    for (const stage of STAGES) {
      const manifest = readFileSync(join(ASSEMBLY, `assembly-${stage}`, 'manifest.json'), 'utf8');
      expect(new Set(manifest.match(/aws:\/\/[^"]*/g))).toEqual(
        new Set(['aws://unknown-account/unknown-region']),
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
      const [machine] = resources(template, 'AWS::StepFunctions::StateMachine');
      expect(machine?.Properties.LoggingConfiguration.IncludeExecutionData).toBe(
        settings?.includeExecutionData,
      );
    },
  );

  it('names the mocks of each child, relative to the workspace', async () => {
    const assembly = await readAssembly(ASSEMBLY);
    const mocks = assembly.stages[0]?.stateMachines.flatMap((machine) => machine.mocks ?? []);
    expect(mocks?.sort()).toEqual(CHILDREN.map((child) => `apps/${child}/mocks.json`));
  });

  it('holds no path of the machine that wrote it', () => {
    const files = readdirSync(ASSEMBLY, { recursive: true, withFileTypes: true });
    for (const entry of files.filter((file) => file.isFile())) {
      const content = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      expect(content.includes(WORKSPACE), entry.name).toBe(false);
    }
  });
});
