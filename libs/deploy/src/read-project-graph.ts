import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { DeployError } from './errors.ts';
import type { Project, ProjectGraph } from './project-graph.ts';

const run = promisify(execFile);

interface NxProject {
  readonly name: string;
  readonly data: {
    readonly root: string;
    readonly tags?: readonly string[];
    readonly targets?: Readonly<Record<string, { readonly inputs?: readonly unknown[] }>>;
  };
}

interface NxGraph {
  readonly nodes: Readonly<Record<string, NxProject>>;
  readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
}

interface Manifest {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * The project graph as Nx makes it, imports included, of the workspace at `root`.
 *
 * @throws DeployError `GRAPH_UNAVAILABLE`
 */
export async function readProjectGraph(root: string): Promise<ProjectGraph> {
  const { nodes, dependencies } = await askNx(root);
  const manifests = new Map<string, Manifest>();
  for (const { name, data } of Object.values(nodes)) {
    const file = join(root, data.root, 'package.json');
    if (existsSync(file)) manifests.set(name, JSON.parse(await readFile(file, 'utf8')) as Manifest);
  }
  const app = Object.values(nodes).find(({ data }) => data.targets?.['synth'] !== undefined);
  if (app === undefined) {
    throw new DeployError(
      'GRAPH_UNAVAILABLE',
      `no project of ${root} has a synth target: the CDK app is the folder with a cdk.json.`,
    );
  }
  const projects = Object.values(nodes).map(({ name, data }): Project => {
    const target = name === app.name ? 'synth' : 'build';
    const onlyForTests = (other: string): boolean => {
      const { dependencies: used, devDependencies: dev } = manifests.get(name) ?? {};
      const dependency = manifests.get(other)?.name ?? '';
      return dev?.[dependency] !== undefined && used?.[dependency] === undefined;
    };
    return {
      name,
      root: data.root,
      tags: data.tags ?? [],
      dependencies: (dependencies[name] ?? [])
        .map((dependency) => dependency.target)
        .filter((other) => nodes[other] !== undefined && !onlyForTests(other)),
      alsoReads: workspaceFiles(data.targets?.[target]?.inputs ?? []),
    };
  });
  return { projects, app: app.name, deployable: await deployableFiles(root) };
}

async function askNx(root: string): Promise<NxGraph> {
  const folder = await mkdtemp(join(tmpdir(), 'harmony-graph-'));
  try {
    const file = join(folder, 'graph.json');
    const bin = join(root, 'node_modules', '.bin');
    await run('nx', ['graph', `--file=${file}`], {
      cwd: root,
      maxBuffer: 2 ** 26,
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
    });
    return (JSON.parse(await readFile(file, 'utf8')) as { graph: NxGraph }).graph;
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    throw new DeployError(
      'GRAPH_UNAVAILABLE',
      `Nx cannot make the project graph of ${root}; nx graph says: ${(stderr + stdout).trim() || String(cause)}`,
      { cause },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function workspaceFiles(inputs: readonly unknown[]): string[] {
  return inputs
    .filter((input) => typeof input === 'string')
    .filter((input) => /^!?\{workspaceRoot\}\//.test(input))
    .map((input) => input.replace('{workspaceRoot}/', ''));
}

/** nx.json's named input `synthesised`: the very files by which Nx decides to synthesise again. */
async function deployableFiles(root: string): Promise<string[]> {
  const { namedInputs = {} } = JSON.parse(await readFile(join(root, 'nx.json'), 'utf8')) as {
    namedInputs?: Readonly<Record<string, readonly unknown[]>>;
  };
  const expand = (name: string): string[] =>
    (namedInputs[name] ?? [])
      .filter((input) => typeof input === 'string')
      .flatMap((input) => (namedInputs[input] === undefined ? [input] : expand(input)));
  const globs = expand('synthesised');
  return globs.length > 0 ? globs : ['{projectRoot}/**/*'];
}
