export interface FuzzFlags {
  readonly runs: number;
  readonly seed: number;
  readonly stage: string;
  readonly assembly?: string;
  readonly mocks?: string;
  readonly startTime?: Date;
  readonly json?: boolean;
}
