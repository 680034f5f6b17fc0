import type { CreateNodes, TargetConfiguration } from '@nx/devkit';
import { benchTargets } from './bench-targets.ts';
import { cdkAppTargets } from './cdk-app-targets.ts';
import { childWorkflowTargets } from './child-workflow-targets.ts';
import { packageTargets } from './package-targets.ts';
import { groupByProject, type TargetRule } from './project-files.ts';

/** Later rules see nothing of earlier ones; where two name a target, the later one is meant. */
const rules: readonly TargetRule[] = [
  packageTargets,
  childWorkflowTargets,
  cdkAppTargets,
  benchTargets,
];

const pattern =
  '**/{package.json,cdk.json,workflow.asl.yaml,workflow.asl.json,*.test.ts,bench/main.ts,src/orchestrations/*.ts}';

/**
 * Infers every project's targets from which files exist and what its package.json says. It executes
 * no code of the workspace, so the graph is a pure function of paths and content.
 *
 * @see https://nx.dev/docs/extending-nx/project-graph-plugins
 */
export const createNodes: CreateNodes = [
  pattern,
  (matched, _options, context) => {
    const workspace = groupByProject(matched, context.workspaceRoot);
    return workspace.map((project) => {
      const targets: Record<string, TargetConfiguration> = {};
      for (const rule of rules) Object.assign(targets, rule(project, workspace));
      return [
        `${project.root}/package.json`,
        { projects: { [project.root]: { root: project.root, targets } } },
      ] as const;
    });
  },
];
