export { historyOfExecution, lastHistories } from './aws-histories.ts';
export { type History, historyOf, parseHistory } from './history.ts';
export { machineIn, nestedExecutions } from './names-in.ts';
export { type Replay, Replayer, type Verdict } from './replay-history.ts';
export { replayJunit, replayMarkdown, VERDICTS, verdictCounts, whyLines } from './report.ts';
