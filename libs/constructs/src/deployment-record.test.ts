import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type CfnResource, Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { describe, expect, it } from 'vitest';
import { DeploymentRecord } from './deployment-record.ts';
import { testStage } from './stage/settings.ts';

const document = { name: 'audit-v3', text: '${AWS::Region} {% 1 %}' };

function build(): { readonly template: Template; readonly directory: string } {
  const app = new App({ builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Stack');
  const stateMachine: CfnResource = new CfnStateMachine(stack, 'Machine', { roleArn: 'role' });
  new DeploymentRecord(stack, 'Record', {
    ...{ stage: testStage, kind: 'child', name: 'audit-v3', hash: 'abc', document, stateMachine },
  });
  return { template: Template.fromStack(stack), directory: app.synth().directory };
}

describe('DeploymentRecord', () => {
  it('writes a parameter of the stage after the state machine, far below 4,096 characters', () => {
    const [parameter] = Object.values(build().template.findResources('AWS::SSM::Parameter'));
    expect(parameter).toMatchObject({
      DependsOn: ['Machine'],
      Properties: { Name: '/harmony/dev/children/audit-v3', Type: 'String' },
    });
    const text = JSON.stringify(parameter?.['Properties'].Value);
    expect(text).toContain('\\"version\\":3');
    expect(text).toContain('\\"hash\\":\\"abc\\"');
    expect(text.length).toBeLessThan(1000);
  });

  it('keeps the schemas in an asset named by their content, untouched', () => {
    const { template, directory } = build();
    const key = /[0-9a-f]{64}\.json/.exec(JSON.stringify(template.toJSON()))?.[0] ?? '';
    const file = join(directory, `asset.${key}`);
    expect(existsSync(file)).toBe(true);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(document);
    expect(JSON.stringify(build().template.toJSON())).toContain(key);
  });
});
