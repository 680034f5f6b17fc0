export { type AnswerFault, answerFaults, type FieldValidationMode, smallestOf } from './answer.ts';
export { canGive } from './call-errors.ts';
export { type AwsCall, readResource } from './call.ts';
export { type AwsModels, awsModels, type CallModel } from './models/models.ts';
export type { Shape } from './models/shape.ts';
export { nearest } from './nearest.ts';
export { type NeededPermission, neededPermissions } from './needed-permissions.ts';
export type { CallPlace } from './place.ts';
export { type CallArguments, isLiteral } from './static-resource.ts';
