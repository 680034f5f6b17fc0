/** What ItemReader reads and ResultWriter writes: the part of S3 that Step Functions uses. */
export interface ObjectStore {
  /** The object's bytes, or undefined when there is none. */
  getObject(bucket: string, key: string): Promise<Uint8Array | undefined>;
  /** Replaces the object. */
  putObject(bucket: string, key: string, body: Uint8Array): Promise<void>;
  /** Objects whose key starts with `prefix`, sorted by key. */
  listObjects(bucket: string, prefix: string): Promise<readonly ObjectSummary[]>;
}

export interface ObjectSummary {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
  /** With its quotes, as S3 gives it. */
  readonly etag: string;
}
