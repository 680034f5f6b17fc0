import { relative } from 'node:path';
import ts from 'typescript';
import { alone, byRoot, type Check, rootOfFile, together } from './check.ts';
import { createPrograms, formatDiagnostics } from './programs.ts';

/** TypeScript's diagnostics, as `tsc --noEmit` of each project gives them. */
const check: Check = (roots, workspaceRoot) => {
  const { programs, broken } = createPrograms(roots, workspaceRoot);
  const found = programs.flatMap((program) =>
    ts.getPreEmitDiagnostics(program).flatMap((diagnostic) => {
      const { file } = diagnostic;
      const path = file && relative(workspaceRoot, file.fileName).replaceAll('\\', '/');
      const text = formatDiagnostics([diagnostic]);
      // What is about no file of theirs fails all of them, rather than none.
      return path !== undefined && rootOfFile(path, roots) !== undefined
        ? [{ file: path, text }]
        : roots.map((root) => ({ file: `${root}/`, text }));
    }),
  );
  return Promise.resolve(new Map([...byRoot(found, roots), ...broken]));
};

export const typecheck = alone(check);
export const typecheckAll = together(check);
