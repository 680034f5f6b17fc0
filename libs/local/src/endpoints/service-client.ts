import { createRequire } from 'node:module';
import type { Endpoint } from './endpoint-url.ts';

/** As far as it is used here; every `@aws-sdk/client-…` has it. */
export interface ServiceClient {
  send(command: Command, options: { readonly abortSignal: AbortSignal }): Promise<object>;
  destroy(): void;
  readonly middlewareStack: MiddlewareStack;
}

export interface Command {
  readonly middlewareStack: MiddlewareStack;
}

interface MiddlewareStack {
  add(middleware: Middleware, options: { readonly step: string; readonly priority: string }): void;
}

export interface Answered {
  readonly response: { readonly headers?: Readonly<Record<string, string>> };
}

type Next = (args: { readonly request: { readonly hostname: string } }) => Promise<Answered>;
type Middleware = (next: Next) => Next;

type Client = new (configuration: object) => ServiceClient;
export type CommandType = new (input: unknown) => Command;

/** Loads when it is first asked for: a run that has no endpoint loads no client. */
const require = createRequire(import.meta.url);

/** An installed client package. @param folder absolute */
export class ClientModule {
  readonly #exports: Readonly<Record<string, unknown>>;

  constructor(folder: string) {
    this.#exports = require(folder) as Readonly<Record<string, unknown>>;
  }

  /** @param operation the API's own name */
  command(operation: string): CommandType {
    return this.#exports[`${operation}Command`] as CommandType;
  }

  /**
   * A client that calls this endpoint and nothing else: whatever would lead its requests to another
   * host (a queue's URL, a prefix, an access point) is off, and a request that goes elsewhere all the
   * same is refused. Neither files nor variables of this machine give it credentials.
   */
  client({ url, credentials }: Endpoint, region: string): ServiceClient {
    const name = Object.keys(this.#exports).find((key) => /^[A-Z]\w*Client$/.test(key)) ?? '';
    const client = new (this.#exports[name] as Client)({
      ...{ endpoint: url.href, region, credentials, token: { token: 'test' } },
      authSchemePreference: ['sigv4'],
      ...{ maxAttempts: 1, retryMode: 'standard', defaultsMode: 'standard' },
      ...{ useFipsEndpoint: false, useDualstackEndpoint: false, disableHostPrefix: true },
      ...{ endpointDiscoveryEnabled: false, accountIdEndpointMode: 'disabled' },
      ...{ useQueueUrlAsEndpoint: false, forcePathStyle: true, useArnRegion: false },
      disableS3ExpressSessionAuth: true,
      // What is not AWS's own knows few checksums.
      ...{
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
      },
    });
    client.middlewareStack.add(
      (next) => (args) => {
        const { hostname } = args.request;
        if (hostname === url.hostname || `[${hostname}]` === url.hostname) return next(args);
        throw new Error(`the call would leave its endpoint ${url.host} for ${hostname}`);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    return client;
  }
}
