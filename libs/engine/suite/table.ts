import type { SuiteTheme } from './suite.ts';

/** docs/engine-suite.md: every case by theme, with what it rests on. */
export function suitePage(themes: readonly SuiteTheme[]): string {
  const count = themes.reduce((sum, { cases }) => sum + cases.length, 0);
  return [
    '# The engine’s conformance suite',
    '',
    `What AWS Step Functions does where engines differ from it: ${String(count)} cases in plain JSON, which any engine can run ([the format](../libs/engine/suite/README.md)). Each rests on a page of AWS’s documentation or on a public report of what the service answered. \`node libs/engine/suite/write.ts\` writes this page.`,
    ...themes.flatMap(({ theme, cases }) => [
      '',
      `## ${theme}`,
      '',
      ...cases.map(({ name, source }) => `- ${escaped(name)} ([${labelOf(source)}](${source}))`),
    ]),
    '',
  ].join('\n');
}

/** What Markdown would read as its own. */
function escaped(text: string): string {
  return text.replaceAll(/[_*<>[\]$`|]/g, '\\$&');
}

function labelOf(source: string): string {
  const { hostname, pathname } = new URL(source);
  if (hostname.startsWith('docs.')) return pathname.split('/').at(-1)?.replace('.html', '') ?? '';
  const [owner, , kind, number] = pathname.slice(1).split('/');
  return kind === 'blob' ? `${owner ?? ''}’s tests on AWS` : `${owner ?? ''} ${number ?? ''}`;
}
