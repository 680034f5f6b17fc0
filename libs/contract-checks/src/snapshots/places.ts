export type ContractKind = 'child' | 'orchestration';

/** A contract of the workspace as its files show it: where it is defined, where its snapshot lies. */
export interface ContractPlace {
  readonly kind: ContractKind;
  /** Of the folder or the file: the contract's own, unless somebody named them apart. */
  readonly name: string;
  /** The module that exports it, from the workspace's root. */
  readonly source: string;
  /** From the workspace's root, whether or not it is there. */
  readonly snapshot: string;
}

const CHILDREN = 'libs/contracts';
const ORCHESTRATIONS = 'infra/src/orchestrations';
const ORCHESTRATION_SNAPSHOTS = 'infra/contracts';

/** The folders, from the workspace's root, that hold contracts, what defines them, and snapshots. */
export const CONTRACT_FOLDERS = [CHILDREN, ORCHESTRATIONS, ORCHESTRATION_SNAPSHOTS] as const;

export const childPlace = (name: string): ContractPlace => ({
  kind: 'child',
  name,
  source: `${CHILDREN}/${name}/src/index.ts`,
  snapshot: `${CHILDREN}/${name}/contract.json`,
});

export const orchestrationPlace = (name: string): ContractPlace => ({
  kind: 'orchestration',
  name,
  source: `${ORCHESTRATIONS}/${name}.ts`,
  snapshot: `${ORCHESTRATION_SNAPSHOTS}/${name}.json`,
});

/** Which of these files are the reason to expect a contract. */
const RULES: readonly (readonly [RegExp, (name: string) => ContractPlace])[] = [
  [/^libs\/contracts\/([^/]+)\/(?:package\.json|contract\.json|src\/.+)$/, childPlace],
  [/^infra\/src\/orchestrations\/([^/]+)(?<!\.test|\.d)\.ts$/, orchestrationPlace],
  [/^infra\/contracts\/([^/]+)\.json$/, orchestrationPlace],
];

/** The contracts that a list of files belongs to, sorted by kind and name. */
export function placesIn(files: readonly string[]): ContractPlace[] {
  const places = files.flatMap((file) =>
    RULES.flatMap(([pattern, placeOf]) => {
      const name = pattern.exec(file)?.[1];
      return name === undefined ? [] : [placeOf(name)];
    }),
  );
  return [...new Map(places.map((place) => [place.snapshot, place])).values()].sort((a, b) =>
    `${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1,
  );
}
