import type { ClientPackage } from './client-package.ts';
import type { AwsCall } from '../call.ts';
import { readDeclarations } from './declarations.ts';
import { actionName, errorName, errorPrefix, memberName } from './names.ts';
import { type Schema, readSchemas } from './schemas.ts';
import { membersOf, type Shape, shapeOf, type ShapeOptions } from './shape.ts';

/** An operation as its client has it: what it is called by, and its schemas. */
export interface ApiOperation {
  readonly client: ClientPackage;
  /** The API's own name: `GetItem`. */
  readonly name: string;
  readonly input: Schema;
  readonly output: Schema;
}

/** What AWS says of one operation of a service. */
export interface OperationModel {
  readonly api: ApiOperation;
  /** What it takes: a closed JSON Schema with `$defs`. */
  readonly input: Shape;
  /** What it gives, as Step Functions hands it on. */
  readonly output: Shape;
  /** Members of the answer that are known to be absent at times, as paths: the token of a last page. */
  readonly absentAtTimes: readonly string[];
}

/** One service, as its installed client describes it. */
export interface ServiceModel {
  /** The API's own name: `Cost Explorer`. */
  readonly serviceId: string;
  /** What an error's name begins with: `DynamoDb`. */
  readonly errorPrefix: string;
  /** Every error that its model names, with or without need of this operation. */
  readonly errors: readonly string[];
  /** As a Resource names them. */
  readonly actions: readonly string[];
  operation(action: string, integration: AwsCall['integration']): OperationModel | undefined;
}

/** Undefined where the package carries no schemas. */
export function readService(client: ClientPackage): ServiceModel | undefined {
  const schemas = readSchemas(client);
  if (schemas === undefined) return undefined;
  const declarations = readDeclarations(client);
  const operations = new Map(
    [...schemas.operations].map(([name, shapes]) => [actionName(name), { name, shapes }]),
  );
  const known = new Map<string, OperationModel>();
  return {
    serviceId: schemas.serviceId,
    errorPrefix: errorPrefix(schemas.serviceId),
    errors: schemas.errors.map(errorName),
    actions: [...operations.keys()],
    operation(action, integration) {
      const found = operations.get(action);
      if (found === undefined) return undefined;
      const key = `${integration} ${action}`;
      let model = known.get(key);
      if (model === undefined) {
        const isOptimised = integration === 'optimised';
        const [input, output] = found.shapes;
        const api = { client, name: found.name, input, output };
        model = operationModel(api, { isOptimised, declarations });
        known.set(key, model);
      }
      return model;
    },
  };
}

function operationModel(api: ApiOperation, how: Omit<ShapeOptions, 'direction'>): OperationModel {
  const { name, input, output } = api;
  const token = how.declarations.pageToken(name)?.split('.').map(memberName).join('.');
  const answer = shapeOf(output, { ...how, direction: 'answer' });
  const absent = [...membersOf(answer).filter(isPageToken), token, ...(ABSENT[name] ?? [])];
  return {
    api,
    input: shapeOf(input, { ...how, direction: 'call' }),
    output: answer,
    absentAtTimes: [...new Set(absent.filter((member) => member !== undefined))],
  };
}

/** What is not there is answered without an error. */
const ABSENT: Readonly<Record<string, readonly string[]>> = { GetItem: ['Item'] };

/** Not every operation with pages has a paginator. */
function isPageToken(member: string): boolean {
  return /^(?:Next\w*(?:Token|Marker|Cursor)|PaginationToken)$/.test(member);
}
