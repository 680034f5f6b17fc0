/** One quota of AWS, and how much of it a template takes. */
export interface QuotaUse {
  /** What is counted, and whose limit it is. */
  readonly quota: string;
  /** The logical id it is about; absent for the whole template. */
  readonly resource?: string;
  readonly used: number;
  readonly limit: number;
  readonly advice: string;
}

export type Properties = Readonly<Record<string, unknown>>;
