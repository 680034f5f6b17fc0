/**
 * What the process of an execution environment and its owner say to each other: a JSON text a line,
 * both ways over file descriptor 3. Events and responses are JSON text within it, as they are
 * between Lambda and its runtime.
 */

/** The one that the process inherits; 0 to 2 are closed to it. */
export const CHANNEL = 3;

export interface InvokeMessage {
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

/** Lambda's error payload, with what its runtime adds: Node.js a trace, Python two more. */
export interface FunctionErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
  readonly requestId?: string;
  readonly stackTrace?: readonly string[];
}

export type RuntimeMessage =
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
