import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CoverageMinimum, KINDS, kinds, parseMinimum } from '@harmony/contract-checks/coverage';
import { readJson } from '@harmony/schema/json-text';
import { UsageError } from '../../usage-error.ts';

const how = `a percentage from 0 to 100, of all kinds (90) or of one (${kinds.map((kind) => KINDS[kind]).join('=…, ')}=…)`;

/** @throws UsageError */
export function minimumOfFlags(texts: readonly string[]): CoverageMinimum {
  return together(texts, '--min');
}

/**
 * What a child asks of its own tests, in its package.json: `"harmony": { "coverage": { "states": 100 } }`.
 * @throws UsageError for what cannot be understood
 */
export function minimumOf(root: string, child: string): CoverageMinimum {
  const file = `apps/${child}/package.json`;
  let text: string;
  try {
    text = readFileSync(join(root, file), 'utf8');
  } catch {
    return {};
  }
  const reading = readJson(text);
  if (!reading.ok) {
    const { line, column, reason } = reading.fault;
    throw new UsageError(`${file}:${line}:${column}: it is not JSON: ${reason}.`);
  }
  const asked: unknown = (reading.value as { harmony?: { coverage?: unknown } } | null)?.harmony
    ?.coverage;
  if (asked === undefined) return {};
  const texts =
    typeof asked === 'object' && asked !== null
      ? Object.entries(asked).map(([kind, percent]) => `${kind}=${String(percent)}`)
      : [String(asked)];
  return together(texts, `${file}: harmony.coverage`);
}

function together(texts: readonly string[], where: string): CoverageMinimum {
  const parts = texts.map((text) => {
    const part = parseMinimum(text);
    if (part === undefined) throw new UsageError(`${where}: ${JSON.stringify(text)} is not ${how}.`);
    return part;
  });
  return Object.assign({}, ...parts) as CoverageMinimum;
}
