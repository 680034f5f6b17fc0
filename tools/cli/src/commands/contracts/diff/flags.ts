export interface DiffFlags {
  readonly base?: string;
  readonly from?: string;
  readonly to?: string;
  readonly direction?: 'input' | 'output';
  readonly json?: boolean;
}
