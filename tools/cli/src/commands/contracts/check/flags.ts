export interface CheckFlags {
  readonly assembly?: string;
  readonly json?: boolean;
}
