import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { logger } from '@nx/devkit';

/**
 * For Nx to call once the files are written: commits to what the contract says now, in a file that
 * later changes are compared with. A contract's own code decides what it says, so it is run, in a
 * process of its own. Where it cannot be yet (its packages aren't installed), that is said.
 */
export function snapshot(root: string, kind: 'child' | 'orchestration', name: string): () => void {
  return () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'write-snapshot.ts'), kind, name],
      { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    );
    if (status === 0) return;
    const reason = /^(?:\w*Error\w*(?: \[.*\])?: .*)$/m.exec(stderr)?.[0] ?? stderr.trim();
    logger.warn(
      `The snapshot of ${name} isn't written (${reason}). Write it with: npx harmony contracts snapshot ${name}`,
    );
  };
}
