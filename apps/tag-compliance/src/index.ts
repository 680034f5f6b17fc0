export { TagCompliance } from './workflow.ts';
