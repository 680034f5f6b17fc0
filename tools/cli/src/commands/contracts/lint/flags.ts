export interface LintFlags {
  readonly untraced?: boolean;
  readonly json?: boolean;
}
