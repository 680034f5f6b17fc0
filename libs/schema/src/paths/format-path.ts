const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * Writes a path as a person would in code: `configuration.thresholds[1]["cost-centre"]`.
 * `root` is the path, already written, that the keys hang from.
 */
export function formatPath(keys: readonly PropertyKey[], root = ''): string {
  let path = root;
  for (const key of keys) {
    if (typeof key === 'number') path += `[${key}]`;
    else if (typeof key === 'string' && IDENTIFIER.test(key)) path += path === '' ? key : `.${key}`;
    else path += `[${JSON.stringify(String(key))}]`;
  }
  return path;
}
