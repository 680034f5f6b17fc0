import { join, relative } from 'node:path';
import { byRoot, type ProjectCheck } from './project-check.ts';

/** ESLint over all projects, with the workspace's configuration; warnings count. */
export const lint: ProjectCheck = async (roots, workspace) => {
  // The workspace's own ESLint: this plugin brings none.
  const { ESLint } = await import('eslint');
  const { programs } = workspace.programs(roots);
  // Nx's rule reads the project graph for each file again, which is half of what lint takes, unless the
  // process looks like ESLint's own command.
  process.argv[1] = join(workspace.root, 'node_modules', '.bin', 'eslint');
  const eslint = new ESLint({
    cwd: workspace.root,
    errorOnUnmatchedPattern: false,
    // Rules that need types take them from here. By itself the parser makes a program a project, of
    // which twenty take gigabytes and minutes.
    overrideConfig: { languageOptions: { parserOptions: { projectService: false, programs } } },
  });
  const formatter = await eslint.loadFormatter('stylish');
  const results = await eslint.lintFiles([...roots]);
  const wrong = results.filter(({ errorCount, warningCount }) => errorCount + warningCount > 0);
  const texts = wrong.map(async (result) => ({
    file: relative(workspace.root, result.filePath).replaceAll('\\', '/'),
    text: (await formatter.format([result])).trim(),
  }));
  return byRoot(await Promise.all(texts), roots);
};
