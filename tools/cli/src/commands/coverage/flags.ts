export interface CoverageFlags {
  readonly min?: readonly string[];
  readonly lcov?: string;
  readonly cobertura?: string;
  readonly json?: boolean;
}
