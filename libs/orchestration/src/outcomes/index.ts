export type { HistoryEvent } from './history.ts';
export type { Outcome, OutcomeStatus } from './outcome.ts';
export { readOutcomes } from './read-outcomes.ts';
