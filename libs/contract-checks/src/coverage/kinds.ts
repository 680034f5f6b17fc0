import type { PlaceKind } from '@harmony/engine';

/** What is counted, in the order of the table, and what several of one are called. */
export const KINDS: Readonly<Record<PlaceKind, string>> = {
  state: 'states',
  rule: 'rules',
  catcher: 'catchers',
  retrier: 'retriers',
  branch: 'branches',
  expression: 'expressions',
};

export const kinds = Object.keys(KINDS) as PlaceKind[];
