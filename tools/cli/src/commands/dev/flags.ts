export interface DevFlags {
  readonly stage: string;
  readonly port: number;
  readonly host: string;
  readonly assembly?: string;
  readonly virtualTime?: boolean;
  readonly mocks?: string;
  readonly logs?: boolean;
}
