export interface RunFlags {
  readonly input?: string;
  readonly stage?: string;
  readonly assembly?: string;
  readonly skipDelays?: boolean;
  readonly only?: readonly string[];
  readonly withDependencies?: boolean;
  readonly disable?: readonly string[];
  readonly mocks?: string;
  readonly mocksFile?: string;
  readonly awsEndpoint?: readonly string[];
  readonly allowRemoteEndpoint?: boolean;
  readonly substitutions?: readonly string[];
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly startTime?: Date;
  readonly realTime?: boolean;
  readonly trace?: boolean;
  readonly logs?: boolean;
  /** True where no function is named. */
  readonly inspect?: string | true;
  readonly inspectPort: number;
  readonly json?: boolean;
}
