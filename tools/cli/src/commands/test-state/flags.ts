export interface TestStateFlags {
  readonly state?: string;
  readonly input?: string;
  readonly mock?: string;
  readonly context?: string;
  readonly variables?: string;
  readonly configuration?: string;
  readonly inspectionLevel: 'INFO' | 'DEBUG' | 'TRACE';
  readonly retryCount?: number;
}
