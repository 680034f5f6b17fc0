import { parseHistory, Replayer } from '../src/replay/index.ts';
import { answers, arn, record, review, roleArn } from '../src/replay/recording.fixture.ts';

const HISTORIES = 1_000;

/** Histories of 30 events a second, read and replayed one after the other, and what memory grows by. */
export async function measureReplay(): Promise<void> {
  const text = JSON.stringify(await record(review(), { items: [0, 1, 2] }, answers));
  const replayer = new Replayer({ arn, name: 'dev-review', roleArn, definition: review() });
  const heap: number[] = [];
  let same = 0;
  const began = performance.now();
  for (let run = 1; run <= HISTORIES; run++) {
    const { verdict } = await replayer.replay(parseHistory(text, 'h.json'));
    if (verdict === 'same') same++;
    if (run % (HISTORIES / 2) === 0) {
      global.gc?.();
      heap.push(process.memoryUsage().heapUsed / 2 ** 20);
    }
  }
  const seconds = (performance.now() - began) / 1_000;
  if (same !== HISTORIES)
    throw new Error(`only ${same} of ${HISTORIES} replayed to the same events`);
  const [half = 0, full = 0] = heap;
  console.log(
    `replay: ${Math.round(HISTORIES / seconds)} histories a second; ${half.toFixed(0)} MiB after ${HISTORIES / 2}, ${full.toFixed(0)} MiB after ${HISTORIES}`,
  );
}
