import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  childWorkflowGenerator,
  orchestrationGenerator,
  type OrchestrationGeneratorOptions,
} from '../generators/index.ts';
import { generate } from './generate.ts';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.ts';

/** What a team owns in a workspace: everything else is Harmony's. */
const TEAMS =
  /^(apps|libs\/contracts)\/|^infra\/(src\/(stacks\/(?!shared\.ts)|orchestrations\/)|examples\/|contracts\/)/;

const shared = `import { defineShared } from '@harmony/orchestration';

export const shared = defineShared({ reports: 'bucket' });
`;

const stages = `import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StageSettings } from '@harmony/constructs';

export const stages: readonly StageSettings[] = [
  {
    name: 'dev',
    debug: { skipDelays: true },
    disabledTargets: { 'account-review': ['tag-compliance'] },
    includeExecutionData: true,
    logRetention: RetentionDays.ONE_WEEK,
  },
  {
    name: 'prod',
    debug: {},
    includeExecutionData: false,
    logRetention: RetentionDays.ONE_YEAR,
  },
];
`;

/** The children of an example workspace, by the names that the README uses. */
export const exampleChildren = ['billing-alerts', 'credential-audit', 'tag-compliance'] as const;

const orchestrations: readonly OrchestrationGeneratorOptions[] = [
  { name: 'account-review', children: exampleChildren },
  // Of one child only, so that it can go on where `account-review` may not.
  { name: 'nightly', children: ['credential-audit'] },
];

/**
 * A workspace with Harmony as it is at `source`, and nothing that the team at `source` wrote: children
 * and orchestrations come from the generators. So what is tested on it holds for any workspace,
 * whatever is added to, renamed in or taken out of this one.
 */
export async function exampleWorkspace(source: string): Promise<WorkspaceCopy> {
  const workspace = await copyWorkspace(source, {
    without: (file) => TEAMS.test(file),
    // What stands in a URL or a shell otherwise than in a path: people have such folders.
    folder: 'ein schöner workspace',
  });
  const { root } = workspace;
  await forgetChildren(root);
  await writeFile(join(root, 'infra/src/shared.ts'), shared);
  await writeFile(join(root, 'infra/src/stages.ts'), stages);
  for (const name of exampleChildren) {
    const queryLanguage = name === 'credential-audit' ? 'jsonpath' : 'jsonata';
    await generate(workspace, childWorkflowGenerator, { name, queryLanguage });
  }
  for (const options of orchestrations) await generate(workspace, orchestrationGenerator, options);
  await workspace.commit('An example');
  return workspace;
}

/** Takes what the copy does not have out of the app's dependencies and out of the editor's settings. */
async function forgetChildren(root: string): Promise<void> {
  const manifest = join(root, 'infra/package.json');
  const { dependencies, ...rest } = JSON.parse(await readFile(manifest, 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const kept = Object.entries(dependencies).filter(
    ([name, version]) => version !== '*' || existsSync(join(root, 'node_modules', name)),
  );
  const text = JSON.stringify({ ...rest, dependencies: Object.fromEntries(kept) }, null, 2);
  await writeFile(manifest, `${text}\n`);
  const file = join(root, '.vscode/settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8')) as {
    readonly 'json.schemas': readonly { readonly url: string }[];
  };
  const schemas = settings['json.schemas'].filter(({ url }) => existsSync(join(root, url)));
  await writeFile(file, `${JSON.stringify({ ...settings, 'json.schemas': schemas }, null, 2)}\n`);
}
