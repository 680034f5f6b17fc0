export { checkPermissions, type PermissionFinding } from './check-permissions.ts';
