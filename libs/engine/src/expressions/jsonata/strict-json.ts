/**
 * Reads JSON as the service's parser does: nothing after it, no name twice in one object, no number
 * that is out of range (github.com/floci-io/floci/pull/2676).
 * @returns undefined for anything else
 */
export function strictJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (namesTwice(text)) return undefined;
  return /[eE]|\d{309}/.test(text) && !allFinite(value) ? undefined : value;
}

/** Whether an object of this text, which is JSON, has a name twice. */
function namesTwice(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/gs;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [written, colon] = found;
    if (written === '{') open.push(new Set());
    else if (written === '[') open.push(undefined);
    else if (written === '}' || written === ']') open.pop();
    else if (colon !== undefined) {
      const name = JSON.parse(written.slice(0, -colon.length)) as string;
      const names = open.at(-1);
      if (names?.has(name) === true) return true;
      names?.add(name);
    }
  }
  return false;
}

function allFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(allFinite);
}
