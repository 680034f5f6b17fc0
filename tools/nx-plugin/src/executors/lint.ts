import { relative } from 'node:path';
import { alone, byRoot, type Check, together } from './check.ts';
import { createPrograms } from './programs.ts';

/** ESLint over all projects, with the workspace's configuration; warnings count. */
const check: Check = async (roots, workspaceRoot) => {
  // The workspace's own ESLint: this plugin brings none.
  const { ESLint } = await import('eslint');
  const { programs } = createPrograms(roots, workspaceRoot);
  const eslint = new ESLint({
    cwd: workspaceRoot,
    errorOnUnmatchedPattern: false,
    // Rules that need types take them from here. By itself the parser makes a program a project, of
    // which twenty take gigabytes and minutes.
    overrideConfig: { languageOptions: { parserOptions: { projectService: false, programs } } },
  });
  const formatter = await eslint.loadFormatter('stylish');
  const results = await eslint.lintFiles([...roots]);
  const wrong = results.filter(({ errorCount, warningCount }) => errorCount + warningCount > 0);
  const texts = wrong.map(async (result) => ({
    file: relative(workspaceRoot, result.filePath).replaceAll('\\', '/'),
    text: (await formatter.format([result])).trim(),
  }));
  return byRoot(await Promise.all(texts), roots);
};

export const lint = alone(check);
export const lintAll = together(check);
