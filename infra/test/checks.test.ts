import { STATE } from '@harmony/artifact';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, type Stack, Validations } from 'aws-cdk-lib/core';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { readAssembly } from '@harmony/assembly';
import { Orchestrator, type StageSettings, synthesise, testStage } from '@harmony/constructs';
import { defineOrchestration, target } from '@harmony/orchestration';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { brittle } from '../e2e/fixtures/brittle.ts';
import { addChecks } from '../src/checks.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harmony-checks-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the checks of a synth', () => {
  it('refuse a finding of AWS Solutions that nobody acknowledged', () => {
    const outdir = join(folder, 'cdk.out');
    const options = {
      outdir,
      stages: [testStage],
      stacks: { careless: (stack: Stack) => void new Bucket(stack, 'Bucket') },
    };
    synthesise(options);
    expect(existsSync(join(outdir, 'manifest.json'))).toBe(true);
    expect(() => synthesise({ ...options, checks: addChecks })).toThrow();
    expect(existsSync(join(outdir, 'manifest.json'))).toBe(false);
    const report = readFileSync(join(outdir, 'validation-report.json'), 'utf8');
    expect(report).toContain("acknowledge({ id: 'AwsSolutions-S1', reason: '…' })");
  });

  it('say where the reason for a wildcard permission goes, by our names', () => {
    const build = (stack: Stack) =>
      void new ManagedPolicy(stack, 'Policy', {
        statements: [new PolicyStatement({ actions: ['iam:ListUsers'], resources: ['*'] })],
      });
    const stacks = { careless: build };
    const synth = () =>
      synthesise({ outdir: folder, stages: [testStage], stacks, checks: addChecks });
    expect(synth).toThrow();
    const report = readFileSync(join(folder, 'validation-report.json'), 'utf8');
    expect(report).toContain("wildcards: [{ finding: 'Resource::*', reason: '…' }]");
    expect(report).toContain('The IAM entity contains wildcard permissions. Name the resources');
    expect(report).not.toContain('suppression');
  });

  it.each([
    ['a value outside its enumeration', 'StateMachineType', 'FAST'],
    ['a property that there is not', 'StateMachineNam', 'x'],
    ['a text that is too long', 'StateMachineName', 'x'.repeat(81)],
  ])('hold templates to the resource schemas: %s', (_, property, value) => {
    const build = (stack: Stack) => {
      const machine = new CfnStateMachine(stack, 'Machine', {
        roleArn: 'arn:aws:iam::123456789012:role/r',
        definitionString: '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}',
      });
      machine.addPropertyOverride(property, value);
      Validations.of(machine).acknowledge(
        ...['SF1', 'SF2'].map((id) => ({ id: `AwsSolutions-${id}`, reason: 'not what is tested' })),
      );
    };
    const synth = () =>
      synthesise({
        outdir: folder,
        stages: [testStage],
        stacks: { odd: build },
        checks: addChecks,
      });
    expect(synth).toThrow();
    const report = JSON.stringify(
      JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8')),
    );
    expect(report).toContain(property);
    expect(existsSync(join(folder, 'manifest.json'))).toBe(false);
  });

  it('accept a configuration that looks like expressions, which the assembly holds unchanged', async () => {
    const value = ['${AWS::Region}', '${Foo}', '{% 1 %}', '$.payload', 'States.UUID()'];
    const orchestration = defineOrchestration({
      name: 'review',
      payload: brittle.payload,
      targets: [target(brittle, { id: 'told', configuration: { value } })],
    });
    const build = (stack: Stack, stage: StageSettings) =>
      void new Orchestrator(stack, 'Orchestrator', {
        stage,
        orchestration,
        timeout: Duration.hours(1),
      });
    synthesise({
      outdir: folder,
      stages: [testStage],
      stacks: { review: build },
      checks: addChecks,
    });
    const { stages } = await readAssembly(folder);
    expect(stages[0]?.stateMachines[0]?.definition).toMatchObject({
      States: {
        [STATE.inject]: {
          Result: { targets: [{ configuration: { value } }] },
        },
      },
    });
  });
});
