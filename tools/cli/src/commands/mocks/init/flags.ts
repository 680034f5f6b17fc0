export interface InitFlags {
  readonly stage?: string;
  readonly assembly?: string;
  readonly out?: string;
}
