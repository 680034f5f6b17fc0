import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serviceName } from './names.ts';

/** An installed `@aws-sdk/client-…`. */
export interface ClientPackage {
  readonly name: string;
  readonly folder: string;
}

/** By the name that a Resource gives a service: the clients that files of these folders can import. */
export function clientPackages(folders: readonly string[]): ReadonlyMap<string, ClientPackage> {
  const found = new Map<string, ClientPackage>();
  for (const folder of folders.flatMap(upward)) {
    const scope = join(folder, 'node_modules', '@aws-sdk');
    for (const name of namesIn(scope)) {
      const service = serviceName(name);
      if (!name.startsWith('client-') || found.has(service)) continue;
      found.set(service, { name: `@aws-sdk/${name}`, folder: join(scope, name) });
    }
  }
  return found;
}

function upward(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upward(above)];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
