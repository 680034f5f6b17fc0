export type { AwsContent, FakeExecution, FakeStack } from './content.ts';
export { deployStage } from './deployed.ts';
export { type FakeAws, type RecordedCall, startFakeAws } from './server.ts';
