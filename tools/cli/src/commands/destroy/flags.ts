export interface DestroyFlags {
  readonly stage: string;
  readonly assembly?: string;
  readonly yes?: boolean;
  readonly stopExecutions?: boolean;
}
