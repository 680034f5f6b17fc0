import type { TargetConfiguration } from '@nx/devkit';
import { cliBuild } from './cli.ts';
import type { TargetRule } from './project-files.ts';

/**
 * `contract-snapshot` for each contract library: writes its contract.json, which later changes are
 * compared with. Not cached: what it writes is committed, so it is no output of Nx's.
 */
export const contractTargets: TargetRule = ({ root }): Record<string, TargetConfiguration> => {
  if (!/^libs\/contracts\/[^/]+$/.test(root)) return {};
  return {
    'contract-snapshot': {
      command: `harmony contracts snapshot ${root}`,
      cache: false,
      dependsOn: [cliBuild],
    },
  };
};
