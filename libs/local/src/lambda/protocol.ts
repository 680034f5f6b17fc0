/**
 * What a worker thread (one execution environment) and its owner say to each other. Events and
 * responses travel as JSON text, as they do between Lambda and its runtime: nothing that is not
 * JSON crosses, and no object is shared.
 */

/** The worker's `workerData`. */
export interface RuntimeSettings {
  /** Absolute folder of the unpacked code: LAMBDA_TASK_ROOT. */
  readonly taskRoot: string;
  /** As configured, e.g. `index.handler`. */
  readonly handler: string;
  /** e.g. `nodejs24.x`. */
  readonly runtime: string;
}

export interface InvokeMessage {
  readonly type: 'invoke';
  readonly eventJson: string;
  readonly requestId: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Milliseconds since the epoch, in real time: when Lambda ends the invocation. */
  readonly deadline: number;
}

export type OwnerMessage = InvokeMessage;

/** Lambda's error payload, keys in its order. */
export interface FunctionErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'init-error'; readonly error: FunctionErrorPayload }
  | { readonly type: 'log'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'response'; readonly requestId: string; readonly json: string }
  | {
      readonly type: 'error';
      readonly requestId: string;
      readonly error: FunctionErrorPayload;
    }
  /** An error outside any handler's promise: the environment is not used again. */
  | { readonly type: 'crash'; readonly error: FunctionErrorPayload };
