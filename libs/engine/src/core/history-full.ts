/** Thrown where an event would be one too many; ends the execution. */
export class HistoryFull extends Error {}
