export interface RecordFlags {
  readonly case: string;
  readonly child?: string;
  readonly handlers?: boolean;
  readonly redact?: readonly string[];
  readonly keep?: readonly string[];
  readonly records?: boolean;
  readonly dryRun?: boolean;
  readonly stage?: string;
  readonly assembly?: string;
}
