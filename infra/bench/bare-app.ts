/**
 * `node infra/bench/bare-app.ts OUTDIR`: what CDK alone takes for one state machine and one
 * function, validated as CDK validates by default: what synth is measured against.
 */
import { App, Stack } from 'aws-cdk-lib/core';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

const app = new App({ outdir: process.argv[2] ?? 'cdk.out' });
const stack = new Stack(app, 'bare');
new Function(stack, 'Function', {
  code: Code.fromInline('exports.handler = async () => ({});'),
  handler: 'index.handler',
  runtime: Runtime.NODEJS_24_X,
});
new StateMachine(stack, 'StateMachine', {
  definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
});
app.synth();
