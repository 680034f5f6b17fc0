import { Script } from 'node:vm';

/**
 * What the top level of a generated module declares, by name. The module runs without what it
 * imports, which its tables do not need: loading the client itself would take ten times as long.
 */
export function moduleValues(source: string, file: string): Readonly<Record<string, unknown>> {
  const imported: Record<string, unknown> = {};
  const script = source
    .replaceAll(/^import \{([^}]*)\} from .*$/gm, (_, names: string) => {
      for (const name of names.split(',')) {
        const local = name.trim().split(' as ').at(-1);
        if (local !== undefined && local !== '') imported[local] = Unneeded;
      }
      return '';
    })
    .replaceAll(/^export (?:var|const) /gm, 'var ');
  new Script(script, { filename: file }).runInNewContext(imported, { timeout: 10_000 });
  return imported;
}

/** Stands for an imported class. */
class Unneeded {
  static for(): Unneeded {
    return new Unneeded();
  }
  registerError(): void {
    // The registry is the client's own business.
  }
  register(): void {
    // As above.
  }
}
