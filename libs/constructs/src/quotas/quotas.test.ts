import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineContract } from '@harmony/contract';
import { defineOrchestration, target } from '@harmony/orchestration';
import { CfnOutput, type Stack } from 'aws-cdk-lib/core';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Orchestrator } from '../orchestrator.ts';
import { type StageSettings, testStage } from '../stage/settings.ts';
import { synthesise } from '../synthesise.ts';
import { quotasOf } from './template-quotas.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harmony-quotas-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const payload = z.object({ account: z.string().max(20) });

/** An orchestration of so many children, each with a name of so many characters. */
function orchestrationOf(count: number, length: number) {
  const children = Array.from({ length: count }, (_, index) =>
    defineContract({
      name: `c${String(index).padStart(length - 1, '0')}`,
      payload,
      configuration: z.strictObject({}),
      output: z.object({}),
      examples: [{ payload: { account: '1' }, configuration: {} }],
    }),
  );
  const targets = children.map((child, index) =>
    target(child, { id: `t${index}`, configuration: {} }),
  );
  return defineOrchestration({ name: 'review', payload, targets });
}

/** The template of a stack, as it would be deployed. */
function synthesiseStack(build: (stack: Stack) => void): string {
  const outdir = join(folder, 'cdk.out');
  synthesise({ outdir, stages: [testStage], stacks: { review: build } });
  const nested = join(outdir, 'assembly-dev');
  const file = readdirSync(nested).find((name) => name.endsWith('.template.json')) ?? '';
  return readFileSync(join(nested, file), 'utf8');
}

const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('an orchestrator with', () => {
  test.each<[count: number, length: number, settings?: Partial<StageSettings>]>([
    [10, 16],
    [60, 16],
    [150, 16],
    [10, 40],
    [60, 40],
    [150, 40],
    [10, 16, { kmsKeyArn: KEY }],
    [11, 63, { kmsKeyArn: KEY }],
    [35, 40, { kmsKeyArn: KEY }],
    [60, 40, { kmsKeyArn: KEY }],
    [150, 40, { kmsKeyArn: KEY }],
  ])('%i children of %i characters keeps within every quota', (count, length, settings = {}) => {
    const stage = { ...testStage, ...settings };
    const orchestration = orchestrationOf(count, length);
    const template = synthesiseStack((stack) => {
      new Orchestrator(stack, 'Orchestrator', { stage, orchestration });
    });
    const uses = quotasOf(template, 3);
    expect(uses.map(({ quota }) => quota)).toEqual(
      expect.arrayContaining([
        'IAM: characters of all inline policies of a role',
        'Step Functions: bytes of a definition',
        'CloudFormation: bytes of a template',
        'Systems Manager: characters of a parameter',
      ]),
    );
    const over = uses.filter(({ used, limit }) => used > limit);
    expect(over).toEqual([]);
    // Every child may still be started and watched, by whichever policy.
    for (const { child } of orchestration.targets) {
      expect(template).toContain(`:stateMachine:dev-${child}"`);
      expect(template).toContain(`:execution:dev-${child}:*"`);
    }
  });

  test('more children than ten managed policies hold is refused, with what to do', () => {
    const orchestration = orchestrationOf(300, 40);
    const build = () =>
      synthesiseStack((stack) => {
        new Orchestrator(stack, 'Orchestrator', { stage: testStage, orchestration });
      });
    expect(build).toThrow(/IAM: 10 managed policies of 6,144 a role.*divide the children/s);
  });
});

describe('synth refuses', () => {
  const role = (stack: Stack, characters: number) =>
    new Role(stack, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      inlinePolicies: {
        Large: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['s3:GetObject'],
              resources: [`arn:aws:s3:::${'x'.repeat(characters)}`],
            }),
          ],
        }),
      },
    });

  test('inline policies over 10,240 characters, and lets through what is below', () => {
    expect(() => synthesiseStack((stack) => void role(stack, 10_000))).not.toThrow();
    expect(() => synthesiseStack((stack) => void role(stack, 10_200))).toThrow(
      /dev-review: IAM: characters of all inline policies of a role \(Role\w+\): 10,\d+ of 10,240\. To do: /,
    );
  });

  test('more outputs than a template may have', () => {
    const outputs = (count: number) => (stack: Stack) => {
      for (let index = 0; index < count; index++) new CfnOutput(stack, `o${index}`, { value: 'v' });
    };
    expect(() => synthesiseStack(outputs(200))).not.toThrow();
    expect(() => synthesiseStack(outputs(201))).toThrow('outputs of a template: 201 of 200');
  });

  test('a parameter that is too long in the region with the longest name', () => {
    const parameter = (characters: number) => (stack: Stack) =>
      void new StringParameter(stack, 'P', {
        stringValue: `${stack.region}${'x'.repeat(characters)}`,
      });
    expect(() => synthesiseStack(parameter(4_096 - 14))).not.toThrow();
    expect(() => synthesiseStack(parameter(4_096 - 13))).toThrow('4,097 of 4,096');
  });
});
