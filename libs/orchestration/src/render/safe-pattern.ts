import jsonata from 'jsonata';

/**
 * A regular expression of JSON Schema as JSONata writes it, where every engine gives the same answer
 * in little stack and time; undefined for any other. Refused is what engines differ in or recurse
 * on: groups that repeat, looking around, references back, classes by property, anything but ASCII.
 */
export function safePattern(pattern: string): string | undefined {
  if (!/^[ -~]*$/.test(pattern) || pattern.length > 200 || pattern.includes('%}')) return undefined;
  if (/\)[*+{]/.test(pattern) || /\(\?(?!:)/.test(pattern)) return undefined;
  if (/\\[^dDsSwW.\-/\\[\](){}^$|*+?]/.test(pattern)) return undefined;
  // At most one part may repeat without end: two could try each other's share again and again.
  if ((pattern.match(/[*+]|\{\d+,\}/g) ?? []).length > 1) return undefined;
  const text = `/${pattern.replaceAll(/\\?\//g, '\\/')}/`;
  try {
    new RegExp(pattern);
    jsonata(`$contains(x, ${text})`);
    return text;
  } catch {
    return undefined;
  }
}
