import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
        : definesContract(place, await readText(join(root, place.source))),
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
      const text = await readText(join(root, place.snapshot));
      return text === undefined ? place : readSnapshot(place, text, place.snapshot);
    }),
  );
  return workspaceState(found);
}

/** Undefined only where there is no such file: one that cannot be read isn't one that is missing. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
