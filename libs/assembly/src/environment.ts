/** Where the stacks of a stage go, as far as the assembly says it: otherwise it is who deploys that decides. */
export interface Environment {
  /** Twelve digits. */
  readonly account?: string;
  readonly region?: string;
}

/**
 * What a manifest names: `aws://123456789012/eu-central-1`.
 * @param manifest may have `unknown-account` and `unknown-region` in it, or be nothing of the kind
 */
export function environmentOf(manifest: unknown): Environment {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(String(manifest)) ?? [];
  const isSaid = (part: string | undefined): part is string =>
    part !== undefined && !part.startsWith('unknown-');
  return { ...(isSaid(account) && { account }), ...(isSaid(region) && { region }) };
}
