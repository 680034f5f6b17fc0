import { Engine, virtualClock } from '../src/index.ts';

const definition = { StartAt: 'Hello', States: { Hello: { Type: 'Pass', End: true } } };
const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:hello';
const roleArn = 'arn:aws:iam::123456789012:role/hello';
const runTask = async () => 'the answer to every Task';
const engine = new Engine({ clock: virtualClock(Date.now()), runTask });
engine.addStateMachine({ arn, name: 'hello', roleArn, definition });
const execution = engine.startExecution({ stateMachineArn: arn, input: { name: 'Ada' } });
export const { status, output } = await execution.result;
