/** Keys of a state machine's resource metadata, which checks and local runs read. */
export const METADATA = {
  /** A child's contract: its name, schemas and hash. */
  contract: 'harmony:contract',
  /** What an orchestration says of itself: its name, payload schema, policies and hash. */
  orchestration: 'harmony:orchestration',
  /** The workspace-relative path of a child's mocks, with forward slashes. */
  mocks: 'harmony:mocks',
  /** The workspace-relative path of the file that a child's definition was written in. */
  definition: 'harmony:definition',
} as const;
