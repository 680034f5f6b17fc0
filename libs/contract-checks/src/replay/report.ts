import type { EventDifference } from './compare.ts';
import type { Outcome, Replay, Verdict } from './replay-history.ts';

/** In the words of a report. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  same: 'the same',
  'other-path': 'another path, the same outcome',
  'other-outcome': 'another outcome',
  unanswered: 'a call that no record answers',
};

/** How many of each, in the order above; what is none is left out. */
export function verdictCounts(replays: readonly Pick<Replay, 'verdict'>[]): string {
  return (Object.keys(VERDICTS) as Verdict[])
    .map((verdict) => [replays.filter((one) => one.verdict === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${count} ${VERDICTS[verdict]}`)
    .join(', ');
}

/** Why a replay is not what was recorded, as sentences. */
export function whyLines({ verdict, difference, recorded, now }: Replay): string[] {
  const lines: string[] = [];
  if (verdict === 'other-outcome') lines.push(`${outcome(recorded)} then, ${outcome(now)} now`);
  if (difference !== undefined) lines.push(place(difference));
  return lines;
}

function place({ eventId, type, state, why }: EventDifference): string {
  return `${state === '' ? '' : `${state}: `}event ${eventId}, ${type}: ${why}`;
}

function outcome({ status, error }: Outcome): string {
  return error === undefined ? status : `${status} with ${error}`;
}

/** For a comment in a pull request: a table of what is not the same. */
export function replayMarkdown(name: string, replays: readonly Replay[]): string {
  const different = replays.filter(({ verdict }) => verdict !== 'same');
  const rows = different.map((replay) => {
    const why = whyLines(replay).map(cell).join('<br>');
    return `| ${cell(replay.name)} | ${VERDICTS[replay.verdict]} | ${why} |`;
  });
  const table =
    rows.length === 0
      ? []
      : ['', '| execution | now | first difference |', '| --- | --- | --- |', ...rows];
  return [`### Replay of ${cell(name)}: ${verdictCounts(replays)}`, ...table, ''].join('\n');
}

/** Nothing of a history may end a cell or begin an element. */
function cell(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ');
}

/** JUnit's XML: a test case for each history. */
export function replayJunit(name: string, replays: readonly Replay[]): string {
  const failures = replays.filter(({ verdict }) => verdict !== 'same').length;
  const cases = replays.flatMap((replay) => {
    const open = `    <testcase classname="${xml(name)}" name="${xml(replay.name)}"`;
    if (replay.verdict === 'same') return `${open}/>`;
    const why = whyLines(replay).join('\n');
    return [
      `${open}>`,
      `      <failure type="${replay.verdict}" message="${xml(VERDICTS[replay.verdict])}">${xml(why)}</failure>`,
      '    </testcase>',
    ];
  });
  const counts = `tests="${replays.length}" failures="${failures}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="replay ${xml(name)}" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function xml(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');
}
