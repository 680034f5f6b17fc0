/** Where a state machine runs: what the ARNs of what it calls begin with. */
export interface CallPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}
