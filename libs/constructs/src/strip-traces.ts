import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes the stack traces out of an assembly's `*.metadata.json`: CDK records where each rule was
 * acknowledged, stack traces switched off or not, with the absolute paths of this machine.
 */
export function stripTraces(assembly: string): void {
  const files = readdirSync(assembly, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.metadata.json'))) {
    const path = join(assembly, file);
    const metadata: unknown = JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) =>
      key === 'trace' ? undefined : value,
    );
    writeFileSync(path, JSON.stringify(metadata, undefined, 2));
  }
}
