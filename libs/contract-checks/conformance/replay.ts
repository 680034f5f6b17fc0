/**
 * nx run contract-checks:conformance: replays the recorded histories, where they exist, through the
 * definitions that they are of. Each must come out as it was recorded; what does not is listed, and
 * more of it than `known.json` has is a failure.
 * CONFORMANCE_DIR names the folder of the set; default `../shared/conformance` from the workspace.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Json, StateMachineDefinition } from '@harmony/engine';
import { type History, historyOf, Replayer } from '../src/replay/index.ts';

interface Case {
  readonly name: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly definition: StateMachineDefinition;
  readonly history?: readonly RecordedEvent[];
}

interface RecordedEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly detailsKey?: string;
  readonly details?: Readonly<Record<string, Json>>;
}

const folder =
  process.env['CONFORMANCE_DIR'] ?? resolve(import.meta.dirname, '../../../../shared/conformance');
const file = join(folder, 'cases.json');
/** Stand-ins of the set for names, dates and random values. */
const MASKED =
  /was (?:\\?")*[^ ]*<|<[A-Za-z_-]+(?:\d+idx)?>|<[\w-]+>|RandomNumberGenerated|function:lambda_/;
/** The set has no times: every answer comes at once. */
const timestamp = '2026-01-31T12:00:00Z';

if (existsSync(file)) await measure();
else {
  console.log(
    `contract-checks:conformance: SKIPPED, not passed: no recorded executions in ${folder}.`,
  );
  if ((process.env['CONFORMANCE_REQUIRED'] ?? '') !== '') process.exitCode = 1;
}

async function measure(): Promise<void> {
  const { same: least } = JSON.parse(
    readFileSync(join(import.meta.dirname, 'minimum.json'), 'utf8'),
  ) as { same: number };
  const cases = (JSON.parse(readFileSync(file, 'utf8')) as Case[]).filter(
    ({ history }) => history !== undefined,
  );
  const counts = new Map<string, number>();
  for (const { name, type, definition, history } of cases) {
    const { verdict, why } = await replayed(definition, type ?? 'STANDARD', () =>
      historyOf((history ?? []).map(eventOf), name),
    );
    // The set masks what differs from run to run; of such a place nothing can be said.
    const kind = verdict !== 'same' && MASKED.test(why) ? 'masked in the set' : verdict;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (kind !== 'same') console.log(`${kind}: ${name}: ${why}`);
  }
  const same = counts.get('same') ?? 0;
  console.log(
    `${cases.length} histories: ${[...counts].map((count) => count.join(' ')).join(', ')}.`,
  );
  if (same < least) {
    console.log(`Fewer than the ${least} that replayed to the same events before.`);
    process.exitCode = 1;
  }
}

async function replayed(
  definition: StateMachineDefinition,
  type: 'STANDARD' | 'EXPRESS',
  read: () => History,
): Promise<{ readonly verdict: string; readonly why: string }> {
  try {
    const replayer = new Replayer({
      arn: 'arn:aws:states:us-east-1:111111111111:stateMachine:sm',
      roleArn: 'arn:aws:iam::111111111111:role/snf_role_arn',
      name: 'sm',
      definition,
      type,
    });
    const { verdict, difference } = await replayer.replay(read());
    return { verdict, why: JSON.stringify(difference) };
  } catch (error) {
    return { verdict: 'unreadable', why: (error as Error).message };
  }
}

function eventOf({ detailsKey, details, ...event }: RecordedEvent): object {
  if (detailsKey === undefined || details === undefined) return { ...event, timestamp };
  // The set has data parsed, and placeholders for what is another in each run.
  const text = JSON.stringify(details).replaceAll(
    /<uuid:\d+>/g,
    '00000000-0000-4000-8000-000000000000',
  );
  const plain = JSON.parse(text) as Record<string, Json>;
  // In a history these are text; a text that was no JSON is one already.
  for (const name of ['input', 'output', 'parameters', 'cause']) {
    const value = plain[name];
    if (value !== undefined && typeof value !== 'string') plain[name] = JSON.stringify(value);
  }
  return { ...event, timestamp, [detailsKey]: plain };
}
