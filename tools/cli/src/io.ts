/** Where text goes. */
export interface Output {
  write(text: string): void;
  /** Columns of the terminal; undefined where it is none. */
  readonly columns?: number | undefined;
  /** Lines of the terminal; undefined where it is none. */
  readonly rows?: number | undefined;
  readonly isTTY: boolean;
}

/** All that a command touches of its process; tests give their own. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Reads standard input to its end. @throws UsageError where that is too far, or no text */
  readonly stdin: () => Promise<string>;
  /** Asks the person at the terminal for a line; undefined where standard input is none. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts when the user interrupts. */
  readonly signal: AbortSignal;
}
