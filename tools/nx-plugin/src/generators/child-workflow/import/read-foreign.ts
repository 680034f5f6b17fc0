import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isMap, LineCounter, parseDocument, type Document } from 'yaml';
import { GeneratorError } from '../../shared/generator-error.ts';
import { BARE_IN_JSON, BARE_IN_YAML } from './substitutions.ts';

/** A state machine's definition as somebody else wrote it. */
export interface Foreign {
  /** As the user named it. */
  readonly file: string;
  readonly source: string;
  readonly format: 'json' | 'yaml';
  /** The source as it can be parsed: substitutions without quotes have some. */
  readonly text: string;
}

/**
 * @param from from where the command was typed, or from the workspace's root
 * @throws GeneratorError `SOURCE_UNEXPECTED` with the place of what cannot be read
 */
export function readForeign(root: string, from: string): Foreign {
  const path = [process.env['INIT_CWD'] ?? process.cwd(), root]
    .map((folder) => resolve(folder, from))
    .find((each) => existsSync(each));
  if (path === undefined) throw refused(`${from} cannot be read: there is no such file`);
  const format = /\.json$/i.test(from) ? 'json' : /\.ya?ml$/i.test(from) ? 'yaml' : undefined;
  if (format === undefined || !statSync(path).isFile()) {
    throw refused(`--from takes a definition's file, .json, .yaml or .yml: ${from} is none`);
  }
  const source = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const text = parseable(source, format);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw refused(`${from}:${line}:${col}: ${problem.message}`);
  }
  if (format === 'json') assertJson(text, from);
  const has = (key: string): boolean => isMap(document.contents) && document.has(key);
  if (!isMap(document.get('States')) || typeof document.get('StartAt') !== 'string') {
    const hint = has('Resources')
      ? ' It is a template: give the file of one definition, or copy it out of the template'
      : '';
    throw refused(`${from} holds no state machine: it has no States, or no StartAt.${hint}`);
  }
  return { file: from, source, format, text };
}

export function documentOf({ text }: Pick<Foreign, 'text'>): Document {
  return parseDocument(text);
}

/** CloudFormation and SAM substitute in the text, before it is parsed. */
function parseable(source: string, format: Foreign['format']): string {
  if (format === 'json') {
    return source.replaceAll(BARE_IN_JSON, (found) =>
      found.startsWith('"') ? found : `"${found}"`,
    );
  }
  // In YAML's block style they are texts as they stand.
  if (parseDocument(source).errors.length === 0) return source;
  return source.replaceAll(
    BARE_IN_YAML,
    (_, before: string, found: string) => `${before}"${found}"`,
  );
}

/** What YAML takes, JSON may not. */
function assertJson(text: string, file: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
    const before = text.slice(0, offset).split('\n');
    throw refused(
      `${file}:${before.length}:${(before.at(-1) ?? '').length + 1}: it is not JSON: ${message}`,
    );
  }
}

function refused(message: string): GeneratorError {
  return new GeneratorError('SOURCE_UNEXPECTED', `${message}.`);
}
