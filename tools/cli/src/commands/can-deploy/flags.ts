export interface CanDeployFlags {
  readonly stage: string;
  readonly plan?: string;
  readonly records?: string;
  readonly assembly?: string;
  readonly json?: boolean;
}
