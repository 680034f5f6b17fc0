import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateNodes, TargetConfiguration } from '@nx/devkit';
import { benchTargets } from './bench-targets.ts';
import { cdkAppTargets } from './cdk-app-targets.ts';
import { childWorkflowTargets } from './child-workflow-targets.ts';
import { contractTargets } from './contract-targets.ts';
import { packageTargets } from './package-targets.ts';
import { groupByProject, type ReadFile, type TargetRule } from './project-files.ts';

/** Later rules see nothing of earlier ones; where two name a target, the later one is meant. */
const rules: readonly TargetRule[] = [
  packageTargets,
  childWorkflowTargets,
  contractTargets,
  cdkAppTargets,
  benchTargets,
];

const pattern =
  '**/{package.json,cdk.json,workflow.asl.yaml,workflow.asl.json,*.test.ts,vitest.config.ts,bench/main.ts,src/orchestrations/*.ts}';

/** What inference says of one project. */
export interface InferredProject {
  readonly root: string;
  readonly targets: Record<string, TargetConfiguration>;
}

/**
 * Every project's targets, from which files exist (`paths`, relative to the workspace, with `/`) and
 * what its package.json says: a pure function of paths and content, which runs no code of the
 * workspace.
 */
export function inferProjects(paths: readonly string[], read: ReadFile): InferredProject[] {
  const workspace = groupByProject(paths, read);
  return workspace.map((project) => {
    const targets: Record<string, TargetConfiguration> = {};
    for (const rule of rules) Object.assign(targets, rule(project, workspace));
    return { root: project.root, targets };
  });
}

/**
 * Nx's entry into inference.
 *
 * @see https://nx.dev/docs/extending-nx/project-graph-plugins
 */
export const createNodes: CreateNodes = [
  pattern,
  (matched, _options, { workspaceRoot }) =>
    inferProjects(matched, (path) => readFileSync(join(workspaceRoot, path), 'utf8')).map(
      (project) => [`${project.root}/package.json`, { projects: { [project.root]: project } }],
    ),
];
