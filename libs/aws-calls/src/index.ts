export { type AwsCall, readResource } from './call.ts';
export { type NeededPermission, neededPermissions } from './needed-permissions.ts';
export type { CallPlace } from './place.ts';
export { type CallArguments, isLiteral } from './static-resource.ts';
