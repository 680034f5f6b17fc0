import { App, Stack } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { literalDefinition } from './literal-definition.ts';

/** The definition as CloudFormation joins it, account and region by name. */
function resolved(value: string): { text: string; bytes: number; template: string } {
  const { text, bytes } = literalDefinition(
    ({ stateMachineArn, environment }) => ({
      value,
      arn: stateMachineArn('child'),
      of: Object.values(environment),
    }),
    'dev',
  );
  const stack = new Stack(new App(), 'stack');
  const join = stack.resolve(text) as { 'Fn::Join': [string, (string | { Ref: string })[]] };
  const parts = join['Fn::Join'][1].map((part) =>
    typeof part === 'string' ? part : `<${part.Ref}>`,
  );
  return { text: parts.join(''), bytes, template: JSON.stringify(join) };
}

const ARN = 'arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:dev-child';

describe('literalDefinition', () => {
  it.each([
    'plain',
    '${Token[TOKEN.1]}',
    '#{Token[TOKEN.1]}',
    'a ${Token[AWS.Region.4]} b ${Token[TOKEN.2]}',
    '${To',
    '${Foo} ${AWS::Region}',
    '@@ @@@ @@child@@',
    '{% "\\" %}\n',
  ])('keeps %j as it is', (value) => {
    expect(JSON.parse(resolved(value).text)).toEqual({
      value,
      arn: ARN,
      of: ['dev', '<AWS::AccountId>', '<AWS::Region>', '<AWS::Partition>'],
    });
  });

  it('counts no fewer bytes than the join takes', () => {
    const { bytes, template } = resolved('é'.repeat(100));
    expect(bytes).toBeGreaterThanOrEqual(Buffer.byteLength(template));
  });
});
