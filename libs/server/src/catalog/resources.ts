import type { StateMachineType } from '@harmony/engine';

/** A state machine, from the workspace or made through the API. Times are milliseconds since the epoch. */
export interface StateMachineResource {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly type: StateMachineType;
  readonly roleArn: string;
  /** JSON text. */
  readonly definition: string;
  readonly creationDate: number;
  readonly updateDate: number;
  readonly revisionId: string;
  readonly loggingConfiguration?: object;
  readonly tracingConfiguration?: object;
}

/** A published version: definition and role as they were. */
export interface VersionResource {
  readonly stateMachineVersionArn: string;
  readonly version: number;
  readonly description?: string;
  readonly creationDate: number;
  readonly revisionId: string;
  readonly machine: StateMachineResource;
}

export interface AliasResource {
  readonly stateMachineAliasArn: string;
  readonly name: string;
  readonly description?: string;
  readonly routingConfiguration: readonly Route[];
  readonly creationDate: number;
  readonly updateDate: number;
}

/** `weight` is a percentage. */
export interface Route {
  readonly stateMachineVersionArn: string;
  readonly weight: number;
}

export interface ActivityResource {
  readonly activityArn: string;
  readonly name: string;
  readonly creationDate: number;
}

/** An ARN of a state machine, and the version or alias that follows it. */
export interface QualifiedArn {
  readonly machineArn: string;
  readonly qualifier: string | undefined;
}

/** `arn:aws:states:REGION:ACCOUNT:stateMachine:NAME[:QUALIFIER]` */
export function splitQualifier(arn: string): QualifiedArn {
  const parts = arn.split(':');
  return { machineArn: parts.slice(0, 7).join(':'), qualifier: parts[7] };
}
