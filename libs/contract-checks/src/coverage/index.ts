export { type ChildCoverage, mergeCoverage, unreachedLines } from './child-coverage.ts';
export { cobertura } from './cobertura.ts';
export { KINDS, kinds } from './kinds.ts';
export { lcov } from './lcov.ts';
export {
  belowMinimum,
  type CoverageMinimum,
  parseMinimum,
  percentOf,
  shownPercent,
} from './minimum.ts';
export { readCoverage } from './read-coverage.ts';
export { CoverageCounter, definitionHash, writeCoverage } from './record.ts';
