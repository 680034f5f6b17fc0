import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Duration } from 'aws-cdk-lib/core';
import { afterAll, describe, expect, it } from 'vitest';
import { childFolder, emptyContract } from './testing/child-folder.ts';
import { ChildWorkflow } from './child-workflow.ts';
import { testStage } from './stage/settings.ts';
import { synthesise, type StackBuilder } from './synthesise.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'harmony-synthesise-'));
  folders.push(folder);
  return folder;
}

function childIn(root: string): StackBuilder {
  return (stack, stage) =>
    new ChildWorkflow(stack, 'Workflow', {
      stage,
      contract: emptyContract('my-child'),
      root,
      timeout: Duration.minutes(1),
      wildcards: [{ finding: 'Resource::*', reason: 'acknowledged to leave a trace' }],
    });
}

/** Writes an assembly of two stages from a fresh workspace of its own. */
function assembly(): { outdir: string; files: Map<string, string> } {
  const root = childFolder();
  folders.push(dirname(dirname(root)));
  const outdir = join(temporary(), 'cdk.out');
  synthesise({
    outdir,
    stages: [testStage, { ...testStage, name: 'prod' }],
    stacks: { 'my-child': childIn(root) },
  });
  const names = readdirSync(outdir, { recursive: true, withFileTypes: true });
  const files = new Map(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(outdir.length), readFileSync(file, 'utf8')]),
  );
  return { outdir, files };
}

describe('synthesise', () => {
  it('writes a nested assembly per stage with a stack per workflow, named for deployment', () => {
    const { outdir } = assembly();
    for (const stage of ['dev', 'prod']) {
      const manifest = JSON.parse(
        readFileSync(join(outdir, `assembly-${stage}`, 'manifest.json'), 'utf8'),
      );
      const stacks = Object.values<Record<string, Record<string, unknown>>>(
        manifest.artifacts,
      ).filter(({ type }) => String(type) === 'aws:cloudformation:stack');
      expect(stacks.map((stack) => [stack.displayName, stack.properties?.stackName])).toEqual([
        [`${stage}/my-child`, `${stage}-my-child`],
      ]);
    }
  });

  it('writes the same bytes from two folders, and no path of either', () => {
    const [one, two] = [assembly(), assembly()];
    expect([...one.files.keys()].some((name) => name.endsWith('.metadata.json'))).toBe(true);
    expect(two.files).toEqual(one.files);
    for (const content of one.files.values()) expect(content).not.toContain(tmpdir());
  });

  it('leaves no assembly behind when a synth fails', () => {
    const { outdir } = assembly();
    const refused: StackBuilder = (stack) =>
      stack.node.addValidation({ validate: () => ['not like this'] });
    const fail = () => synthesise({ outdir, stages: [testStage], stacks: { refused } });
    expect(fail).toThrow('not like this');
    expect(readdirSync(outdir).filter((entry) => entry !== 'validation-report.json')).toEqual([]);
    expect(fail).toThrow('not like this');
  });

  it('does not clear a folder that holds something else', () => {
    const outdir = temporary();
    writeFileSync(join(outdir, 'thesis.txt'), 'years of work');
    expect(() => synthesise({ outdir, stages: [], stacks: {} })).toThrow(outdir);
    expect(existsSync(join(outdir, 'thesis.txt'))).toBe(true);
  });

  it.each(['pr_1', 'a-stage-name-too-long'])('refuses the stage name %s', (name) => {
    const outdir = join(temporary(), 'cdk.out');
    const stages = [{ ...testStage, name }];
    expect(() => synthesise({ outdir, stages, stacks: {} })).toThrow(name);
  });
});
