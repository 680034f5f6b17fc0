import type { JsonSchema } from '@harmony/schema';
import { InvalidSchema, parseSchema } from '@harmony/schema/read';
import { diffSchemas, type SchemaChange } from '@harmony/schema/compatibility';
import {
  diffWorkspace,
  type WorkspaceContract,
  type WorkspaceDiff,
} from '@harmony/contract-checks/changes';
import {
  childPlace,
  orchestrationPlace,
  readCommit,
  readWorkingTree,
  staleSnapshots,
} from '@harmony/contract-checks/snapshots';
import type { Finding } from '@harmony/contract-checks/finding';
import { annotateFindings } from '../../../terminal/findings.ts';
import type { ExitStatus } from '../../../command.ts';
import { readText } from '../../../input/read-text.ts';
import type { DiffFlags } from './flags.ts';
import type { Io } from '../../../io.ts';
import { type Style, styleFor } from '../../../terminal/style.ts';
import { printable, shorten } from '../../../terminal/text.ts';
import { UsageError } from '../../../usage-error.ts';
import { workspaceRoot } from '../../../workspace/root.ts';

/** Characters of a counterexample that a line shows; --json has it whole. */
const MAX_COUNTEREXAMPLE = 400;

/** Compares two schema files, or the workspace's contracts with those of a commit. */
export async function diffContracts(flags: DiffFlags, io: Io): Promise<ExitStatus> {
  if (flags.from !== undefined || flags.to !== undefined) return diffFiles(flags, io);
  const root = workspaceRoot(io);
  const base = await readCommit(root, flags.base ?? 'origin/main');
  const head = await readWorkingTree(root);
  if ([base, head].every(({ contracts, missing }) => contracts.length + missing.length === 0)) {
    throw new UsageError(
      'there is nothing to compare: neither here nor in the base is there a contract (libs/contracts, infra/src/orchestrations).',
    );
  }
  const stale = await staleSnapshots(root, head.contracts);
  const diff = diffWorkspace(base, { ...head, stale });
  for (const contract of diff.contracts) {
    annotateFindings(
      findingsOf(contract),
      `The contract ${contract.name} is ${contract.verdict}`,
      io,
    );
  }
  if (flags.json === true) io.stdout.write(`${JSON.stringify(diff, null, 2)}\n`);
  else io.stdout.write(render(diff, io));
  return diff.verdict === 'compatible' ? 0 : 1;
}

async function diffFiles(flags: DiffFlags, io: Io): Promise<ExitStatus> {
  const { from, to, direction, json } = flags;
  if (from === undefined || to === undefined || direction === undefined) {
    throw new UsageError(
      'two schema files are compared with --from OLD --to NEW --direction input|output.',
    );
  }
  const [old, next] = await Promise.all([readSchema(from, io), readSchema(to, io)]);
  const diff = diffSchemas(old, next, direction);
  if (json === true) {
    io.stdout.write(`${JSON.stringify(diff, null, 2)}\n`);
  } else {
    const style = styleFor(io.stdout, io.env);
    const lines = diff.changes.flatMap((change) => renderChange(change, '', direction, style));
    io.stdout.write(`${[...lines, `${to} is ${diff.verdict} as ${direction}.`].join('\n')}\n`);
  }
  return diff.verdict === 'compatible' ? 0 : 1;
}

async function readSchema(file: string, io: Io): Promise<JsonSchema> {
  const text = (await readText(file, '', io)).replace(/^\uFEFF/, '');
  try {
    return parseSchema(text);
  } catch (error) {
    if (error instanceof InvalidSchema) {
      const issues = error.issues.map(({ path, message }) => `\n  ${path || '(root)'}: ${message}`);
      throw new UsageError(`${file} is not a JSON Schema that can be compared:${issues.join('')}`, {
        cause: error,
      });
    }
    const reason = (error as Error).message;
    throw new UsageError(`${file} cannot be read as JSON: ${reason}`, { cause: error });
  }
}

function render(diff: WorkspaceDiff, io: Io): string {
  const style = styleFor(io.stdout, io.env);
  const lines = diff.contracts.flatMap((contract) => renderContract(contract, style));
  const count = diff.contracts.length;
  lines.push(count === 0 ? 'No contract changed.' : `The contracts are ${diff.verdict}.`);
  return `${lines.join('\n')}\n`;
}

function renderContract(contract: WorkspaceContract, style: Style): string[] {
  const { name, status, verdict, file, note, changes, targets, waysOut } = contract;
  const lines = [`${style('bold', name)}: ${coloured(verdict, style)} (${status}, ${file})`];
  if (note !== undefined) lines.push(`  ${note}`);
  for (const change of changes) {
    const direction = change.part === 'output' ? 'output' : 'input';
    const rendered = renderChange(change, change.part, direction, style);
    lines.push(...rendered.map((line) => `  ${line}`));
    if (change.decidedBy !== undefined) lines.push(`      decided by use: ${change.decidedBy}`);
  }
  if (targets.length > 0) lines.push('  Targets it would break:');
  for (const { orchestrator, id, path, reason } of targets) {
    lines.push(`    ${orchestrator} › ${id} › ${path}: ${printable(reason)}`);
  }
  if (waysOut.length > 0) lines.push('  Ways out:');
  for (const [index, way] of waysOut.entries()) lines.push(`    ${index + 1}. ${way}`);
  return [...lines, ''];
}

function renderChange(
  change: SchemaChange,
  part: string,
  direction: 'input' | 'output',
  style: Style,
): string[] {
  const { verdict, pointer, rule, message, counterexample } = change;
  const where = `${part}${pointer}` === '' ? '(the whole value)' : `${part}${pointer}`;
  const lines = [`${coloured(verdict, style)} ${where} [${rule}]`, `    ${printable(message)}`];
  if (counterexample !== undefined) {
    const says =
      direction === 'input' ? 'was accepted, now refused' : 'could not be given, now can';
    const shown = shorten(JSON.stringify(counterexample), MAX_COUNTEREXAMPLE);
    lines.push(`    ${says}: ${printable(shown)}`);
  }
  return lines;
}

function coloured(verdict: SchemaChange['verdict'], style: Style): string {
  const colour = { compatible: 'green', unknown: 'yellow', breaking: 'red' } as const;
  return style(colour[verdict], verdict);
}

function findingsOf(contract: WorkspaceContract): Finding[] {
  const { name, kind, verdict, status, changes, note, waysOut } = contract;
  if (verdict === 'compatible') return [];
  const { source, snapshot } = kind === 'child' ? childPlace(name) : orchestrationPlace(name);
  const place = status === 'changed' ? source : snapshot;
  const found = changes.filter((change) => change.verdict !== 'compatible');
  const fix = waysOut.map((way, index) => `${index + 1}. ${way}`).join('\n');
  const base = { code: verdict.toUpperCase(), severity: 'error', file: place, fix } as const;
  if (found.length === 0) return [{ ...base, path: '', message: note ?? '' }];
  return found.map(({ part, pointer, rule, message, counterexample }) => ({
    ...base,
    path: `${part}${pointer} [${rule}]`,
    message:
      counterexample === undefined
        ? message
        : `${message}\ncounterexample: ${JSON.stringify(counterexample)}`,
  }));
}
