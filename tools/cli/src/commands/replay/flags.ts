export interface ReplayFlags {
  readonly stage?: string;
  readonly assembly?: string;
  readonly last?: number;
  readonly json?: boolean;
  readonly markdown?: string;
  readonly junit?: string;
}
