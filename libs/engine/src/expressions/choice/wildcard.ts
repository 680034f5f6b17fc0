/**
 * StringMatches: `*` stands for any characters, `\*` is a star, `\\` is a backslash. Runs in the
 * product of the lengths at worst, without a regular expression.
 */
export function wildcardMatches(pattern: string, text: string): boolean {
  const parts = splitAtStars(pattern);
  const first = parts[0] ?? '';
  if (parts.length === 1) return text === first;
  const last = parts[parts.length - 1] ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function splitAtStars(pattern: string): string[] {
  const parts = [''];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? '';
    const next = pattern[at + 1];
    if (char === '\\' && (next === '*' || next === '\\')) {
      parts[parts.length - 1] += next;
      at++;
    } else if (char === '*') {
      parts.push('');
    } else {
      parts[parts.length - 1] += char;
    }
  }
  return parts;
}
