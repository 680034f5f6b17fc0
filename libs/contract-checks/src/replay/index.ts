export { type History, historyOf, parseHistory } from './history.ts';
export { type Outcome, type Replay, Replayer, type Verdict } from './replay-history.ts';
