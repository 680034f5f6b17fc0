import { execFileSync } from 'node:child_process';
import { type Tree, updateJson } from '@nx/devkit';
import { GeneratorError } from './generator-error.ts';

/** What Nx calls once the files are written: links the new packages, unless told not to. */
export function install(skip: boolean | undefined, root: string): () => void {
  return () => {
    if (skip === true) return;
    execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' });
  };
}

/** The children of the workspace: folders of apps/ with a state machine. */
export function childrenOf(tree: Tree): readonly string[] {
  return tree
    .children('apps')
    .filter((name) => definitionsOf(tree, name).length > 0)
    .sort();
}

function definitionsOf(tree: Tree, child: string): readonly string[] {
  return ['yaml', 'json']
    .map((extension) => `apps/${child}/workflow.asl.${extension}`)
    .filter((file) => tree.exists(file));
}

/**
 * A child's one state machine definition.
 *
 * @throws GeneratorError `CHILD_UNKNOWN`; `SOURCE_UNEXPECTED` where there are two
 */
export function definitionOf(tree: Tree, child: string): string {
  assertChild(tree, child);
  const [file = '', other] = definitionsOf(tree, child);
  if (other === undefined) return file;
  throw new GeneratorError(
    'SOURCE_UNEXPECTED',
    `apps/${child} holds both workflow.asl.yaml and workflow.asl.json: keep the one you mean and remove the other.`,
  );
}

/** @throws GeneratorError `CHILD_UNKNOWN` */
export function assertChild(tree: Tree, child: string): void {
  const known = childrenOf(tree);
  if (known.includes(child)) return;
  throw new GeneratorError(
    'CHILD_UNKNOWN',
    `there is no child workflow ${JSON.stringify(child)} in apps/. Known: ${known.join(', ')}.`,
  );
}

/** The names of all packages, without their scope: Nx's names of the projects. */
export function projectNames(tree: Tree): readonly string[] {
  const folders = ['apps', 'libs', 'libs/contracts', 'tools'].flatMap((folder) =>
    tree.children(folder).map((name) => `${folder}/${name}`),
  );
  return ['infra', ...folders].flatMap((folder) => {
    const text = tree.read(`${folder}/package.json`, 'utf8');
    const name = text === null ? undefined : (JSON.parse(text) as { name?: string }).name;
    return name === undefined ? [] : [name.replace(/^@[^/]+\//, '')];
  });
}

type Dependencies = Record<string, string>;

/** Adds packages of the workspace to the CDK app's dependencies, or takes them out. */
export function editAppDependencies(
  tree: Tree,
  edit: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
): void {
  updateJson(tree, 'infra/package.json', (manifest: { dependencies?: Dependencies }) => {
    const kept = Object.entries(manifest.dependencies ?? {}).filter(
      ([name]) => edit.remove?.includes(name) !== true,
    );
    const added = (edit.add ?? []).map((name) => [name, '*'] as const);
    const sorted = [...kept, ...added].sort(([a], [b]) => (a < b ? -1 : 1));
    return { ...manifest, dependencies: Object.fromEntries(sorted) };
  });
}

/** The version of a package of the registry that the workspace uses, from one that depends on it. */
export function versionOf(tree: Tree, manifest: string, name: string): string {
  const text = tree.read(manifest, 'utf8') ?? '{}';
  const { dependencies = {} } = JSON.parse(text) as { dependencies?: Dependencies };
  const version = dependencies[name];
  if (version !== undefined) return version;
  throw new GeneratorError('SOURCE_UNEXPECTED', `${manifest} does not depend on ${name}.`);
}
