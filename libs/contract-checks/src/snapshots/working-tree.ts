import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextIfThere } from '@harmony/errors/text-file';
import { CONTRACT_FOLDERS, type ContractPlace, placesIn } from './places.ts';
import { readSnapshot, type Snapshot } from './snapshot.ts';
import { definesContract, type WorkspaceState, workspaceState } from './state.ts';

/** The contracts of the working tree, whether they have a snapshot or not. */
export async function contractPlaces(root: string): Promise<ContractPlace[]> {
  const files: string[] = [];
  const patterns = CONTRACT_FOLDERS.map((folder) => `${folder}/**/*.{ts,json}`);
  const exclude = (name: string) => name.split(/[\\/]/).includes('node_modules');
  for await (const file of glob(patterns, { cwd: root, exclude })) {
    files.push(file.replaceAll('\\', '/'));
  }
  const places = placesIn(files);
  const isContract = await Promise.all(
    places.map(async (place) =>
      files.includes(place.snapshot)
        ? true
        : definesContract(place, await readTextIfThere(join(root, place.source))),
    ),
  );
  return places.filter((_, index) => isContract[index]);
}

/**
 * The snapshots of the working tree.
 * @throws {ContractChecksError} `SNAPSHOT_INVALID`
 */
export async function readWorkingTree(root: string): Promise<WorkspaceState> {
  const places = await contractPlaces(root);
  const found = await Promise.all(
    places.map(async (place): Promise<Snapshot | ContractPlace> => {
      const text = await readTextIfThere(join(root, place.snapshot));
      return text === undefined ? place : readSnapshot(place, text, place.snapshot);
    }),
  );
  return workspaceState(found);
}
