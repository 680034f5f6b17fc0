import { relative } from 'node:path';
import ts from 'typescript';
import { formatDiagnostics } from './programs.ts';
import { byRoot, type ProjectCheck, rootOfFile } from './project-check.ts';

/** TypeScript's diagnostics, as `tsc --noEmit` of each project gives them. */
export const typecheck: ProjectCheck = (roots, workspace) => {
  const { programs, broken } = workspace.programs(roots);
  const found = programs.flatMap((program) =>
    ts.getPreEmitDiagnostics(program).flatMap((diagnostic) => {
      const { file } = diagnostic;
      const path = file && relative(workspace.root, file.fileName).replaceAll('\\', '/');
      const text = formatDiagnostics([diagnostic]);
      // What is about no file of theirs fails all of them, rather than none.
      return path !== undefined && rootOfFile(path, roots) !== undefined
        ? [{ file: path, text }]
        : roots.map((root) => ({ file: `${root}/`, text }));
    }),
  );
  return Promise.resolve(new Map([...byRoot(found, roots), ...broken]));
};
