import type { Json, JsonObject } from '../json.ts';

/** How much the answer says (https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html). */
export type InspectionLevel = 'INFO' | 'DEBUG' | 'TRACE';

/** What stands for the service that a Task calls, or for what a Map or a Parallel runs. */
export interface TestStateMock {
  /** A JSON value, or JSON text as the API takes it. */
  readonly result?: Json;
  readonly errorOutput?: { readonly error?: string; readonly cause?: string };
  /**
   * How closely the API holds `result` against the called service's model. The engine knows no
   * models: it takes every result, whatever is asked for.
   */
  readonly fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE';
}

/** In what situation the state is. */
export interface TestStateConfiguration {
  /** How often it was retried before. */
  readonly retrierRetryCount?: number;
  /** The state inside a Map or a Parallel that failed. */
  readonly errorCausedByState?: string;
  /** How many of a Map's iterations failed. */
  readonly mapIterationFailureCount?: number;
  /** What a Map's ItemReader reads. */
  readonly mapItemReaderData?: string;
}

export interface TestStateOptions {
  /** Of a state in a whole machine, at any depth. Without it the definition is that of one state. */
  readonly stateName?: string;
  readonly mock?: TestStateMock;
  /** Parts of the context object that stand in for those of the test. */
  readonly context?: JsonObject;
  /** The workflow's variables. */
  readonly variables?: JsonObject;
  /** Shows secrets of an HTTP Task's request: with a mock, as the API has it, there are none. */
  readonly revealSecrets?: boolean;
  /** Default INFO. */
  readonly inspectionLevel?: InspectionLevel;
  readonly stateConfiguration?: TestStateConfiguration;
  /** The same as `stateConfiguration.retrierRetryCount`. */
  readonly retryCount?: number;
  /** Milliseconds since the epoch; default now. */
  readonly now?: number;
}

/** What became of the data on its way, by the API's names; values are JSON, not text. */
export interface InspectionData {
  input?: Json;
  afterInputPath?: Json;
  afterParameters?: Json;
  afterArguments?: Json;
  afterItemsPath?: Json;
  afterItemsPointer?: Json;
  afterItemSelector?: Json;
  afterItemBatcher?: Json;
  result?: Json;
  afterResultSelector?: Json;
  afterResultPath?: Json;
  maxConcurrency?: number;
  toleratedFailureCount?: number;
  toleratedFailurePercentage?: number;
  variables?: Json;
  errorDetails?: {
    catchIndex?: number;
    retryIndex?: number;
    retryBackoffIntervalSeconds?: number;
  };
}

export interface TestStateResult {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  /** With the levels DEBUG and TRACE. */
  readonly inspectionData?: InspectionData;
}
