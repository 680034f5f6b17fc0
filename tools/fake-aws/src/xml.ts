/** Text as XML holds it. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A value as the query protocol writes it: lists as `member` elements, times in ISO 8601. */
export function xmlOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((each) => `<member>${xmlOf(each)}</member>`).join('');
  if (typeof value !== 'object') return escaped(String(value));
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => `<${name}>${xmlOf(each)}</${name}>`)
    .join('');
}

/** The query protocol's parameters as values: `Tags.member.1.Key=a` is a list of objects. */
export function formOf(form: URLSearchParams): Readonly<Record<string, unknown>> {
  const root: Record<string, unknown> = {};
  for (const [name, text] of form) {
    const path = name.split('.');
    let at = root;
    for (const step of path.slice(0, -1)) at = (at[step] ??= {}) as Record<string, unknown>;
    at[path.at(-1) ?? ''] = text;
  }
  return lists(root) as Readonly<Record<string, unknown>>;
}

function lists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'member') {
    return Object.values(first[1] as object).map(lists);
  }
  return Object.fromEntries(entries.map(([name, each]) => [name, lists(each)]));
}
