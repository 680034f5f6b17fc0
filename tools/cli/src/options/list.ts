/** Reads an option that takes names separated by commas and may be given more than once. */
export function list(value: string, previous: readonly string[] = []): readonly string[] {
  const named = value.split(',').map((name) => name.trim());
  return [...previous, ...named.filter((name) => name !== '')];
}
