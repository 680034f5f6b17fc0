/** What of a definition a run may reach, and tests may leave out. */
export type PlaceKind = 'state' | 'rule' | 'catcher' | 'retrier' | 'branch' | 'expression';

/** Hears of a definition's places while it is compiled, and of each that a run reaches. */
export interface Reach {
  /**
   * @param pointer a JSON pointer into the definition; the same place may be told more than once
   * @returns what a run calls each time it comes by
   */
  place(kind: PlaceKind, pointer: string): () => void;
}
