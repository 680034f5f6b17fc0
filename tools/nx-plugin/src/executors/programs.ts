import { join } from 'node:path';
import ts from 'typescript';

/** One program for all projects of equal compiler options: what they share is read and checked once. */
export interface Programs {
  readonly programs: readonly ts.Program[];
  /** What is wrong with a tsconfig.json, by project root. */
  readonly broken: ReadonlyMap<string, string>;
}

export function createPrograms(roots: readonly string[], workspaceRoot: string): Programs {
  const groups = new Map<string, { options: ts.CompilerOptions; files: string[] }>();
  const broken = new Map<string, string>();
  for (const root of roots) {
    const file = join(workspaceRoot, root, 'tsconfig.json');
    const parsed = ts.getParsedCommandLineOfConfigFile(file, { noEmit: true }, host);
    if (parsed === undefined || parsed.errors.length > 0) {
      broken.set(root, formatDiagnostics(parsed?.errors ?? []) || `${file} cannot be read`);
      continue;
    }
    const key = JSON.stringify({ ...parsed.options, configFilePath: undefined });
    const group = groups.get(key) ?? { options: parsed.options, files: [] };
    group.files.push(...parsed.fileNames);
    groups.set(key, group);
  }
  const programs = [...groups.values()].map(({ options, files }) =>
    ts.createProgram(files, options),
  );
  return { programs, broken };
}

const host: ts.ParseConfigFileHost = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: () => {},
};

export function formatDiagnostics(diagnostics: readonly ts.Diagnostic[]): string {
  return ts
    .formatDiagnostics(diagnostics, {
      getCurrentDirectory: ts.sys.getCurrentDirectory,
      getCanonicalFileName: (name) => name,
      getNewLine: () => '\n',
    })
    .trimEnd();
}
