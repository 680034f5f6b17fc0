export { awsModels } from '@harmony/aws-calls';
export { type DefinedTask, draftMocks, tasksIn } from './draft-mocks.ts';
