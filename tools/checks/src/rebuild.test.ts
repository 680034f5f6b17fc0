import { createHash } from 'node:crypto';
import { globSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { runTasks, type WorkspaceCopy } from '@harmony/nx-plugin/testing';
import { copyExample, everything } from './example.ts';

let workspace: WorkspaceCopy;

beforeAll(async () => {
  workspace = await copyExample();
});
afterAll(() => workspace[Symbol.asyncDispose]());

const touch = (file: string, text: string) => appendFile(join(workspace.root, file), text);

/** Every file of the assembly, by path; no file in it is left out. */
function assembly({ root }: WorkspaceCopy): Readonly<Record<string, string>> {
  const folder = join(root, 'infra', 'cdk.out');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    files.map((file) => [
      relative(folder, file),
      createHash('sha256').update(readFileSync(file)).digest('hex'),
    ]),
  );
}

function templates({ root }: WorkspaceCopy): readonly string[] {
  const cwd = join(root, 'infra', 'cdk.out');
  return globSync('**/*.template.json', { cwd })
    .sort()
    .map((file) => readFileSync(join(cwd, file), 'utf8'));
}

// In this order, on one workspace.
describe('what really runs', () => {
  it('everything, the first time', () => {
    expect(inject('example').first).toEqual(
      expect.arrayContaining([
        'billing-alerts:build',
        'cli:build',
        'infra:contract',
        'infra:synth',
      ]),
    );
  });

  it('nothing, the second time, in whatever folder', async () => {
    expect(await runTasks(workspace, everything)).toEqual([]);
  });

  it('nothing after a change of a README', async () => {
    await touch('apps/billing-alerts/README.md', '\nMore.\n');
    await touch('README.md', '\nMore.\n');
    expect(await runTasks(workspace, everything)).toEqual([]);
  });

  it('gives the same assembly, byte for byte, from the cache', async () => {
    const synthesised = assembly(workspace);
    rmSync(join(workspace.root, 'infra', 'cdk.out'), { recursive: true });
    rmSync(join(workspace.root, 'apps', 'billing-alerts', 'dist'), { recursive: true });
    expect(await runTasks(workspace, ['run', 'infra:synth'])).toEqual([]);
    expect(assembly(workspace)).toEqual(synthesised);

    expect(Object.keys(synthesised)).toContain('assembly-prod/manifest.json');
  });

  it('after a change of a state machine: its validation, infra’s synth and contract, no build', async () => {
    const file = 'apps/billing-alerts/workflow.asl.yaml';
    const text = readFileSync(join(workspace.root, file), 'utf8');
    await writeFile(
      join(workspace.root, file),
      text.replace('TimeoutSeconds: 60', 'TimeoutSeconds: 61'),
    );
    expect(await runTasks(workspace, everything)).toEqual([
      'billing-alerts:validate',
      'infra:contract',
      'infra:synth',
    ]);
  });

  it('after a change of the bundler, no source of any child: all builds, infra’s synth and contract', async () => {
    const file = join(workspace.root, 'tools/nx-plugin/src/bundle/bundle-handlers.ts');
    const text = readFileSync(file, 'utf8');
    const banner = text.replace(
      "platform: 'node',",
      "platform: 'node', banner: { js: '/* new */' },",
    );
    expect(banner).not.toBe(text);
    await writeFile(file, banner);
    const before = assembly(workspace);
    expect(await runTasks(workspace, everything)).toEqual([
      'billing-alerts:build',
      'credential-audit:build',
      'infra:contract',
      'infra:synth',
      'tag-compliance:build',
    ]);
    // The assembly holds the new bundles, not those of the cache.
    const bundles = Object.keys(assembly(workspace)).filter((path) => path.endsWith('.mjs'));
    expect(bundles.length).toBeGreaterThan(0);
    expect(bundles.filter((path) => path in before)).toEqual([]);
  });

  it('after a state machine moved from YAML to JSON: the child’s tasks and what reads the assembly, in which its file alone has another name', async () => {
    const folder = join(workspace.root, 'apps/billing-alerts');
    const before = templates(workspace);
    const definition: unknown = parse(readFileSync(join(folder, 'workflow.asl.yaml'), 'utf8'));
    await writeFile(join(folder, 'workflow.asl.json'), JSON.stringify(definition, null, 2));
    rmSync(join(folder, 'workflow.asl.yaml'));
    // The build too, once: the child has another command now, and Nx hashes a project's commands.
    expect(await runTasks(workspace, everything)).toEqual([
      'billing-alerts:build',
      'billing-alerts:validate',
      'infra:contract',
      'infra:synth',
    ]);
    expect(templates(workspace)).toEqual(
      before.map((text) =>
        text.replaceAll(
          'apps/billing-alerts/workflow.asl.yaml',
          'apps/billing-alerts/workflow.asl.json',
        ),
      ),
    );
  });
});
