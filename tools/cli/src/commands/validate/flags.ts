export interface ValidateFlags {
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly json?: boolean;
}
