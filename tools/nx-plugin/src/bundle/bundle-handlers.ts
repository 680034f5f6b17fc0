import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { withWorkspacePaths } from './source-map.ts';

/** A handler's bundle would hold what must never reach Lambda. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
  readonly code: 'HANDLERS_MISSING' | 'FORBIDDEN_IN_BUNDLE';

  constructor(code: BundleError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Bundles each handler of the child workflow at `root` (absolute) into a folder of its own,
 * `dist/<handler>/index.mjs` with its source map, which CDK takes as it is. Bundles that hold CDK, or
 * anything of another child, are refused before they are written. Equal sources give equal bytes
 * wherever the workspace lies.
 *
 * @returns the handlers' names, sorted
 * @throws BundleError, and esbuild's own error for code that it cannot bundle
 */
export async function bundleHandlers(root: string): Promise<string[]> {
  const entries = globSync('src/handlers/*.ts', { cwd: root })
    .filter((file) => !/\.(test|d)\.ts$/.test(file))
    .sort();
  if (entries.length === 0) {
    throw new BundleError(
      'HANDLERS_MISSING',
      `${join(root, 'src', 'handlers')} holds no handler: a child workflow has at least check-input.ts.`,
    );
  }
  const options = {
    absWorkingDir: root,
    entryPoints: entries,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outdir: 'dist',
    entryNames: '[name]/index',
    outExtension: { '.js': '.mjs' },
    // Half the bytes to load and parse at a cold start; names stay, as stack traces show them.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    // For stack traces and debuggers, which find the sources in the workspace.
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
    metafile: true,
  } as const;
  const { metafile, outputFiles } = await build({ ...options, write: false });
  refuseStrangers(root, metafile);
  // A handler that is gone leaves no bundle behind.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  for (const { path, contents, text } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, path.endsWith('.map') ? withWorkspacePaths(text, path) : contents);
  }
  return entries.map((file) => basename(file, '.ts'));
}

/** The lint rules hold this for what a handler names; only the bundle shows what it reaches. */
function refuseStrangers(root: string, { outputs }: Metafile): void {
  const own = childOf(join(root, 'package.json'));
  for (const { entryPoint, inputs } of Object.values(outputs)) {
    for (const input of Object.keys(inputs)) {
      const reason = /(^|\/)node_modules\/(aws-cdk-lib|constructs)\//.test(input)
        ? 'is CDK'
        : ownerIsOther(resolve(root, input), own)
          ? 'belongs to another child'
          : undefined;
      if (reason === undefined) continue;
      throw new BundleError(
        'FORBIDDEN_IN_BUNDLE',
        `${entryPoint} reaches ${input}, which ${reason}: a handler holds its own code, its own contract and libraries without CDK. Move what both need to a library.`,
      );
    }
  }
}

function ownerIsOther(file: string, own: string | undefined): boolean {
  if (file.includes('/node_modules/')) return false;
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const child = childOf(manifest);
    return child !== undefined && child !== own;
  }
  return false;
}

/** The child that a package belongs to, by its tag `child:<name>`. */
function childOf(manifest: string): string | undefined {
  const { nx } = JSON.parse(readFileSync(manifest, 'utf8')) as { nx?: { tags?: string[] } };
  return nx?.tags?.find((tag) => tag.startsWith('child:'));
}
