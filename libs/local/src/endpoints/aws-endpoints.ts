import type * as awsCalls from '@harmony/aws-calls';
import type { AwsCall, AwsModels, CallModel } from '@harmony/aws-calls';
import { TaskFailure } from '@harmony/engine';
import type { Json, TaskRequest } from '@harmony/engine';
import type { StateMachine } from '@harmony/assembly';
import { LocalError } from '../errors.ts';
import { ClientModule } from './service-client.ts';
import type { Answered, ServiceClient } from './service-client.ts';
import { readEndpoint } from './endpoint-url.ts';
import type { Endpoint } from './endpoint-url.ts';

export interface EndpointOptions {
  /** URLs by service, as a Resource names it (`dynamodb`); `*` for every one that is not named. */
  readonly awsEndpoints?: Readonly<Record<string, string>>;
  /** Without it they are on loopback. */
  readonly allowRemoteEndpoints?: boolean;
}

/** The error name of a Task whose endpoint does not answer. */
const UNREACHABLE = 'Harmony.EndpointUnreachable';

type Known = Extract<CallModel, { kind: 'known' }>;
type AwsCalls = typeof awsCalls;

/**
 * Services that really answer, each at an endpoint that the team runs: its calls go there by its own
 * SDK client, whatever mocks say. What waits for a job (`.sync`) stays with the mocks.
 */
export class AwsEndpoints implements Disposable {
  readonly #endpoints: ReadonlyMap<string, Endpoint>;
  readonly #place: { readonly workspaceRoot: string; readonly region: string };
  readonly #clients = new Map<string, ServiceClient>();
  #calls: AwsCalls | undefined;
  #models: AwsModels | undefined;
  /** For handlers. */
  readonly environment: Record<string, string> = {};

  /** Reads and loads nothing yet. @throws LocalError ENDPOINT_INVALID */
  constructor(
    { awsEndpoints = {}, allowRemoteEndpoints = false }: EndpointOptions,
    place: { readonly workspaceRoot: string; readonly region: string },
  ) {
    this.#endpoints = new Map(
      Object.entries(awsEndpoints).map(([service, url]) => [
        service.replaceAll('-', ''),
        readEndpoint(service, url, allowRemoteEndpoints),
      ]),
    );
    this.#place = place;
  }

  /** @throws LocalError for a service or a call that no installed client has */
  async prepare(machines: readonly StateMachine[]): Promise<void> {
    if (this.#endpoints.size === 0) return;
    const aws = (this.#calls ??= await import('@harmony/aws-calls'));
    const models = (this.#models ??= aws.awsModels(this.#place.workspaceRoot));
    for (const [service, { url, credentials }] of this.#endpoints) {
      let variable = 'AWS_ENDPOINT_URL';
      if (service !== '*') {
        const model = models.service(service);
        if ('kind' in model) throw missing(service, model);
        variable += `_${model.serviceId.toUpperCase().replaceAll(/[ -]/g, '_')}`;
      }
      Object.assign(this.environment, {
        [variable]: url.href,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      });
    }
    for (const resource of machines.flatMap(({ definition }) => resourcesIn(definition))) {
      const call = this.#callOf(resource);
      if (call === undefined) continue;
      const model = models.of(call);
      if (model.kind !== 'known') throw missing(`${call.service}:${call.action}`, model);
    }
  }

  /** Whether a Task is answered here; after `prepare`. */
  answers({ resource }: Pick<TaskRequest, 'resource'>): boolean {
    return this.#callOf(resource) !== undefined;
  }

  /**
   * Makes the call, and answers as Step Functions does.
   * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
   * @throws TaskFailure
   */
  async call(request: TaskRequest): Promise<Json> {
    const { signal, input } = request;
    const aws = this.#calls as AwsCalls;
    const call = this.#callOf(request.resource) as AwsCall;
    const model = this.#models?.of(call) as Known;
    const api = model.api as NonNullable<Known['api']>;
    const isOptimised = call.integration === 'optimised';
    const endpoint = this.#endpointOf(call) as Endpoint;
    const sdk = new ClientModule(api.client.folder);
    let client = this.#clients.get(api.client.name);
    if (client === undefined) {
      client = sdk.client(endpoint, this.#place.region);
      this.#clients.set(api.client.name, client);
    }
    let headers: Readonly<Record<string, string>> = {};
    try {
      const command = new (sdk.command(api.name))(aws.toApi(api.input, input, isOptimised));
      command.middlewareStack.add(
        (next) => async (args) => {
          const answered: Answered = await next(args);
          headers = answered.response.headers ?? {};
          return answered;
        },
        { step: 'deserialize', priority: 'low' },
      );
      const output = await client.send(command, { abortSignal: signal });
      const answer = aws.fromApi(api.output, await withTexts(output), isOptimised) as object;
      return { ...answer, ...(isOptimised && metadata(output, headers)) } as Json;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof aws.NotTaken) {
        throw new TaskFailure(
          'States.Runtime',
          `${call.service}:${call.action} refuses its arguments: ${error.message}.`,
          // No Catch sees it.
          { fatal: true },
        );
      }
      throw failure(error as SdkError, model, isOptimised, endpoint, aws);
    }
  }

  [Symbol.dispose](): void {
    for (const client of this.#clients.values()) client.destroy();
  }

  #callOf(resource: string): AwsCall | undefined {
    if (this.#endpoints.size === 0) return undefined;
    const call = this.#calls?.readResource(resource);
    return call !== undefined && this.#endpointOf(call) !== undefined ? call : undefined;
  }

  #endpointOf(call: AwsCall): Endpoint | undefined {
    const service = this.#calls?.clientService(call);
    if (service === undefined) return undefined;
    return this.#endpoints.get(service) ?? this.#endpoints.get('*');
  }
}

interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

function failure(
  error: SdkError,
  { errorPrefix: prefix, errors = [] }: Known,
  isOptimised: boolean,
  { url }: Endpoint,
  { errorName }: AwsCalls,
): TaskFailure {
  const { name, message, code, $metadata: { httpStatusCode: status, requestId } = {} } = error;
  if (status === undefined) {
    if (code === undefined && name !== 'TimeoutError') {
      return new TaskFailure(`${prefix}.SdkClientException`, message);
    }
    // Fatal: a Catch of States.ALL would make a green run of a call that nothing has answered.
    const what = `Nothing answers at ${url.href} (${code ?? name}): start the service, or leave its endpoint out.`;
    return new TaskFailure(UNREACHABLE, what, { fatal: true });
  }
  const modelled = errorName(name);
  const own = isOptimised ? `Amazon${prefix}Exception` : `${prefix}Exception`;
  return new TaskFailure(
    `${prefix}.${errors.includes(modelled) ? modelled : own}`,
    `${message} (Service: ${prefix}, Status Code: ${status}, Request ID: ${requestId ?? 'none'})`,
  );
}

/** Bodies that come as streams, read to their end. */
async function withTexts(output: object): Promise<object> {
  const entries = Object.entries(output).map(async ([name, value]) => {
    const { transformToString: read } = (value ?? {}) as { transformToString?: () => unknown };
    return [name, typeof read === 'function' ? await read.call(value) : (value as unknown)];
  });
  return Object.fromEntries(await Promise.all(entries)) as object;
}

/** What Step Functions adds to the answer of an optimised integration. */
function metadata(output: object, headers: Readonly<Record<string, string>>): object {
  const { $metadata: about = {} } = output as Pick<SdkError, '$metadata'>;
  const all = Object.entries(headers).map(([name, value]) => [name, [value]]);
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(all) as object,
      HttpHeaders: headers,
      HttpStatusCode: about.httpStatusCode,
    },
    SdkResponseMetadata: { RequestId: about.requestId ?? '' },
  };
}

function missing(what: string, model: Exclude<CallModel, Known>): LocalError {
  if (model.kind === 'wrong') {
    const near = model.nearest === undefined ? '' : `: did you mean ${model.nearest}?`;
    return new LocalError('ENDPOINT_INVALID', `AWS has no ${model.part} ${model.name}${near}`);
  }
  const fix = model.install === undefined ? '' : `: ${model.install}`;
  return new LocalError(
    'CLIENT_MISSING',
    `${what} cannot be called at its endpoint: ${model.reason}${fix}`,
  );
}

/** The Resources of all Tasks, however deep. */
function resourcesIn(definition: unknown): readonly string[] {
  if (typeof definition !== 'object' || definition === null) return [];
  const { Type, Resource } = definition as { Type?: unknown; Resource?: unknown };
  const own = Type === 'Task' && typeof Resource === 'string' ? [Resource] : [];
  return [...own, ...Object.values(definition).flatMap(resourcesIn)];
}
