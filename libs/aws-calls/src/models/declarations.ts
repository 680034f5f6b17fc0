import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientPackage } from './client-package.ts';
import { moduleValues } from './module-values.ts';

/** What only a client's declarations say, not its schemas; all of it may be missing. */
export interface Declarations {
  /** The values of a member, where it is an enumeration: new ones come without notice. */
  enumeration(structure: string, member: string): readonly string[] | undefined;
  /** The member of an operation's answer that is absent on the last page. */
  pageToken(operation: string): string | undefined;
}

export function readDeclarations({ folder }: ClientPackage): Declarations {
  let enums: Readonly<Record<string, unknown>> | undefined;
  let interfaces: ReadonlyMap<string, string> | undefined;
  return {
    enumeration(structure, member) {
      interfaces ??= interfacesIn(join(folder, 'dist-types', 'models'));
      const type = new RegExp(`^ {4}${member}\\??: (\\w+)(?:\\[\\])? \\| undefined;$`, 'm').exec(
        interfaces.get(structure) ?? '',
      )?.[1];
      if (type === undefined || type === 'string') return undefined;
      const file = join(folder, 'dist-es', 'models', 'enums.js');
      enums ??= moduleValues(textOf(file), file);
      const values = enums[type];
      return typeof values === 'object' && values !== null
        ? (Object.values(values) as string[])
        : undefined;
    },
    pageToken(operation) {
      const text = textOf(join(folder, 'dist-es', 'pagination', `${operation}Paginator.js`));
      return /createPaginator\([^"]*"[^"]*", "([^"]*)"/.exec(text)?.[1];
    },
  };
}

function interfacesIn(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let files: readonly string[] = [];
  try {
    files = readdirSync(folder).filter((name) => name.startsWith('models_'));
  } catch {
    return found;
  }
  for (const file of files) {
    for (const part of textOf(join(folder, file)).split('\nexport interface ').slice(1)) {
      found.set(/^\w+/.exec(part)?.[0] ?? '', part);
    }
  }
  return found;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
