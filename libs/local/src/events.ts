import type { ExecutionResult, HistoryEvent } from '@harmony/engine';

/**
 * Everything that a local system tells while it runs: one place renders it (the CLI, a report).
 * Times are milliseconds since the epoch on the run's clock.
 */
export type LocalEvent =
  | ExecutionStarted
  | ExecutionEnded
  | HistoryRecorded
  | MockAnswered
  | MockMissing
  | MocksStray
  | HandlerInvoked
  | HandlerEnded
  | HandlerLogged
  | HandlerWaits
  | RunStalled;

export interface ExecutionStarted {
  readonly code: 'EXECUTION_STARTED';
  readonly executionArn: string;
  /** Name of the state machine. */
  readonly stateMachine: string;
  readonly time: number;
  /** The execution that started it, where it says so in its input as AWS's own integration does. */
  readonly parentExecutionArn?: string;
}

export interface ExecutionEnded {
  readonly code: 'EXECUTION_ENDED';
  readonly executionArn: string;
  readonly stateMachine: string;
  readonly time: number;
  readonly status: ExecutionResult['status'];
}

/** Any event of any execution's history, as GetExecutionHistory gives it. */
export interface HistoryRecorded {
  readonly code: 'HISTORY_RECORDED';
  readonly executionArn: string;
  readonly stateMachine: string;
  readonly event: HistoryEvent;
}

export interface MockAnswered {
  readonly code: 'MOCK_ANSWERED';
  readonly executionArn: string;
  readonly stateMachine: string;
  readonly stateName: string;
  readonly testCase: string;
  /** 0 for the execution's first call of this state. */
  readonly call: number;
  readonly answer: 'return' | 'throw' | 'silence';
}

/** A Task that nothing answers here: its execution fails with the same message. */
export interface MockMissing {
  readonly code: 'MOCK_MISSING';
  readonly executionArn: string;
  readonly stateMachine: string;
  readonly stateName: string;
  readonly resource: string;
  readonly message: string;
}

/** Mocks for states that do not exist: most likely a slip, and nothing would ever tell. */
export interface MocksStray {
  readonly code: 'MOCKS_STRAY';
  readonly message: string;
}

export interface HandlerInvoked {
  readonly code: 'HANDLER_INVOKED';
  readonly executionArn: string;
  readonly functionName: string;
  readonly requestId: string;
}

export interface HandlerEnded {
  readonly code: 'HANDLER_ENDED';
  readonly executionArn: string;
  readonly functionName: string;
  readonly requestId: string;
  /** Lambda's errorType; absent when the handler answered. */
  readonly error?: string;
}

export interface HandlerLogged {
  readonly code: 'HANDLER_LOGGED';
  readonly functionName: string;
  /** Absent for what is written while the code loads. */
  readonly requestId?: string;
  readonly stream: 'stdout' | 'stderr';
  /** One line, without its end. */
  readonly text: string;
}

/** A function's code waits for a debugger before it loads. */
export interface HandlerWaits {
  readonly code: 'HANDLER_WAITS';
  readonly functionName: string;
  /** On 127.0.0.1. */
  readonly port: number;
}

/** Nothing can wake what still runs: the run is ended. */
export interface RunStalled {
  readonly code: 'RUN_STALLED';
  readonly message: string;
}

export type OnLocalEvent = (event: LocalEvent) => void;
