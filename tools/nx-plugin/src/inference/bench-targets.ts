import type { TargetConfiguration } from '@nx/devkit';
import { cliBuild } from './cli.ts';
import type { TargetRule } from './project-files.ts';

/** `bench`: measures, so it is never answered from the cache and never shares the machine. */
export const benchTargets: TargetRule = ({ files, root }): Record<string, TargetConfiguration> => {
  if (!files.includes('bench/main.ts')) return {};
  return {
    bench: {
      command: 'node bench/main.ts',
      options: { cwd: root },
      cache: false,
      parallelism: false,
      // The CDK app is measured as a user runs it: with the command and the handlers' bundles.
      ...(files.includes('cdk.json') ? { dependsOn: ['^build', cliBuild] } : {}),
    },
  };
};
