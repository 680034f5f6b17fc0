import { STATE } from '@harmony/artifact';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { defineContract } from '@harmony/contract';
import { defineOrchestration, type Orchestration, target } from '@harmony/orchestration';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Orchestrator } from './orchestrator.ts';
import { type StageSettings, testStage } from './stage/settings.ts';

const payload = z.object({ account: z.string() });
const child = (name: string) =>
  defineContract({
    name,
    payload,
    configuration: z.strictObject({ text: z.record(z.string(), z.string()).optional() }),
    output: z.object({}),
    examples: [{ payload: { account: '1' }, configuration: {} }],
  });
const alerts = child('alerts');
const audit = child('audit');

/** Texts that Step Functions, CloudFormation or CDK would evaluate elsewhere. */
const EXPRESSIONS = {
  jsonata: '{% 1 + 1 %}',
  path: '$.payload',
  intrinsic: 'States.UUID()',
  'key.$': '$.payload',
  pseudo: '${AWS::Region}',
  substitution: '${Foo}',
};

const review = defineOrchestration({
  name: 'review',
  payload,
  targets: [
    target(alerts, { id: 'first', configuration: { text: EXPRESSIONS } }),
    target(alerts, { id: 'second', configuration: {} }),
    target(audit, { id: 'third', configuration: {} }),
  ],
});

function build(orchestration: Orchestration = review, stage: StageSettings = testStage): Template {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'review');
  new Orchestrator(stack, 'Orchestrator', { stage, orchestration, timeout: Duration.hours(1) });
  return Template.fromStack(stack);
}

/** The one state machine, with `Ref`s of pseudo parameters written as `<AWS::Region>`. */
function stateMachine(template: Template) {
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  const { DefinitionString } = machine?.Properties ?? {};
  const parts: (string | { Ref: string })[] = DefinitionString['Fn::Join'][1];
  const text = parts.map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
  return { machine, parts, definition: JSON.parse(text) };
}

function statements(template: Template): { Action: string[]; Resource: string[] }[] {
  const [role] = Object.values(template.findResources('AWS::IAM::Role'));
  return JSON.parse(
    JSON.stringify(role?.Properties.Policies[0].PolicyDocument.Statement),
    (_, value) =>
      value?.['Fn::Join']
        ? value['Fn::Join'][1]
            .map((p: string | { Ref: string }) => (typeof p === 'string' ? p : p.Ref))
            .join('')
        : value,
  );
}

describe('Orchestrator', () => {
  it('makes a Standard state machine named after stage and orchestration, with a timeout', () => {
    const template = build();
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'dev-review',
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL' },
    });
    expect(stateMachine(template).definition.TimeoutSeconds).toBe(3600);
  });

  it('addresses its children by name, in this account and region', () => {
    const { definition } = stateMachine(build());
    const { targets } = definition.States[STATE.inject].Result;
    expect(targets.map((item: { stateMachineArn: string }) => item.stateMachineArn)).toEqual(
      ['alerts', 'alerts', 'audit'].map(
        (name) =>
          `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:dev-${name}`,
      ),
    );
  });

  it('keeps a configuration that looks like expressions as literal text', () => {
    const template = build();
    const { machine, parts, definition } = stateMachine(template);
    const [first] = definition.States[STATE.inject].Result.targets;
    expect(first.configuration).toEqual({ text: EXPRESSIONS });
    expect(machine?.Properties.DefinitionSubstitutions).toBeUndefined();
    // Of the machine: CDK itself names the bucket of the deployment record's asset with Fn::Sub.
    expect(JSON.stringify(machine)).not.toContain('Fn::Sub');
    const refs = parts.flatMap((part) => (typeof part === 'string' ? [] : part.Ref));
    expect(new Set(refs)).toEqual(new Set(['AWS::Partition', 'AWS::Region', 'AWS::AccountId']));
  });

  it('may start each child, describe and stop its executions, keep one rule, and no more', () => {
    const states = 'arn:AWS::Partition:states:AWS::Region:AWS::AccountId';
    expect(statements(build())).toEqual([
      {
        Effect: 'Allow',
        Action: 'states:StartExecution',
        Resource: [`${states}:stateMachine:dev-alerts`, `${states}:stateMachine:dev-audit`],
      },
      {
        Effect: 'Allow',
        Action: ['states:DescribeExecution', 'states:StopExecution'],
        Resource: [`${states}:execution:dev-alerts:*`, `${states}:execution:dev-audit:*`],
      },
      {
        Effect: 'Allow',
        Action: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
        Resource:
          'arn:AWS::Partition:events:AWS::Region:AWS::AccountId:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule',
      },
    ]);
  });

  it('carries the orchestration as metadata', () => {
    build().hasResource('AWS::StepFunctions::StateMachine', {
      Metadata: { 'harmony:orchestration': Match.objectEquals({ ...review.document }) },
    });
  });

  it("renders the stage's debug defaults and the targets it disables", () => {
    const stage = {
      ...testStage,
      debug: { skipDelays: true },
      disabledTargets: { review: ['third'] },
    };
    const { definition } = stateMachine(build(review, stage));
    expect(definition.States[STATE.inject].Result.debug).toMatchObject({
      skipDelays: true,
      disable: ['third'],
    });
  });

  it('takes the timeout of the orchestration where it is given none', () => {
    const orchestration = defineOrchestration({
      name: 'review',
      payload,
      targets: [],
      timeout: 90,
    });
    const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'review');
    new Orchestrator(stack, 'Orchestrator', { stage: testStage, orchestration });
    expect(stateMachine(Template.fromStack(stack)).definition.TimeoutSeconds).toBe(90);
  });

  it('refuses a list over its budget, and warns of one that is near it', () => {
    const list = (count: number, text: string) =>
      defineOrchestration({
        name: 'review',
        payload,
        targets: Array.from({ length: count }, (_, index) =>
          target(audit, { id: `t${index}`, configuration: { text: { text } } }),
        ),
      });
    expect(() => build(list(1000, 'x'.repeat(300)))).toThrow(
      /exceeds its budget in stage dev:.*the target list is to blame/s,
    );
    const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'review');
    new Orchestrator(stack, 'Orchestrator', { stage: testStage, orchestration: list(1000, '') });
    Annotations.fromStack(stack).hasWarning(
      '*',
      Match.stringLikeRegexp('1000 targets may leave .* history events'),
    );
  });

  it('refuses a stage that disables a target which does not exist', () => {
    const stage = { ...testStage, disabledTargets: { review: ['forth'] } };
    expect(() => build(review, stage)).toThrow(/forth.*first, second, third/s);
  });
});
