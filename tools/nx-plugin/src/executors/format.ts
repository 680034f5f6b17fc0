import { execFile } from 'node:child_process';
import { byRoot, type ProjectCheck } from './project-check.ts';

/** Prettier over all projects: each file that it would change, and each that it cannot read. */
export const format: ProjectCheck = async (roots, workspace) => {
  const { code, stdout, stderr } = await prettier(roots, workspace.root);
  if (code === 0) return new Map();
  const different = lines(stdout).map((file) => ({
    file,
    text: `${file} is not formatted: npx prettier --write ${file}`,
  }));
  const unreadable = lines(stderr).flatMap((text) => {
    const file = /^\[error\] (\S[^:]*): /.exec(text)?.[1];
    return file === undefined ? [] : [{ file, text }];
  });
  if (different.length + unreadable.length > 0) return byRoot([...different, ...unreadable], roots);
  return new Map(roots.map((root) => [root, stderr]));
};

// Some libraries take any value of it for a yes.
const { FORCE_COLOR: _forced, ...inherited } = process.env;
const withoutColours = { ...inherited, NO_COLOR: '1' };

function prettier(roots: readonly string[], cwd: string) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(
      'prettier',
      ['--list-different', '--ignore-unknown', ...roots],
      // Its messages are read here, so no colours, which an Nx around this would ask for.
      { cwd, maxBuffer: 2 ** 26, env: withoutColours },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
  });
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
