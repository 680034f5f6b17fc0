/**
 * Runs as a process of its own in a workspace: `node write-snapshot.ts KIND NAME`. Writes the snapshot
 * of one contract, from the source that a generator has written.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What `@harmony/contract-checks/snapshots` exports, as far as it is used here. */
interface Snapshots {
  childPlace(name: string): object;
  orchestrationPlace(name: string): object;
  writeSnapshot(root: string, place: object, check: boolean): Promise<unknown>;
}

const [, , kind, name = ''] = process.argv;
const root = process.cwd();
// As the app finds it: this plugin depends on nothing of the workspace.
const snapshots = createRequire(join(root, 'infra/package.json')).resolve(
  '@harmony/contract-checks/snapshots',
);
const { childPlace, orchestrationPlace, writeSnapshot } = (await import(
  pathToFileURL(snapshots).href
)) as Snapshots;
await writeSnapshot(root, kind === 'child' ? childPlace(name) : orchestrationPlace(name), false);
