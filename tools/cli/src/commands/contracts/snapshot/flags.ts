export interface SnapshotFlags {
  readonly check?: boolean;
}
