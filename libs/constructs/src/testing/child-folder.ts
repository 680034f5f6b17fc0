import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ContractDocument } from '@harmony/contract';

/** A contract with nothing in it but its name. */
export function emptyContract(name: string): { name: string; document: ContractDocument } {
  const schema = { type: 'object' };
  return {
    name,
    document: { name, hash: 'hash', payload: schema, configuration: schema, output: schema },
  };
}

export const WORKFLOW = `
QueryLanguage: JSONata
StartAt: Check input
States:
  Check input:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Arguments:
      FunctionName: \${CheckInput}
    End: true
`;

/** Writes a workspace in a temporary folder with one child in it; returns the child's folder. */
export function childFolder(files: Readonly<Record<string, string>> = {}): string {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'harmony-constructs-')));
  const root = join(workspace, 'apps', 'my-child');
  const all = {
    'workflow.asl.yaml': WORKFLOW,
    'src/handlers/check-input.ts': '',
    'src/handlers/check-input.test.ts': '',
    'dist/check-input/index.mjs': 'export const handler = () => ({});',
    ...files,
  };
  writeFileSync(join(workspace, 'package.json'), '{}');
  writeFileSync(join(workspace, 'nx.json'), '{}');
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}
