export interface ShowFlags {
  readonly state?: string;
  readonly trace?: boolean;
  readonly events?: boolean;
  readonly json?: boolean;
}
