import { readTextFile } from '@harmony/errors/text-file';
import { isObject } from '@harmony/schema';
import {
  type Document,
  isMap,
  isNode,
  isPair,
  isSeq,
  LineCounter,
  parseDocument,
  type Tags,
  visit,
  YAMLMap,
} from 'yaml';
import { AssemblyError } from '../errors.ts';
import { type JsonObject, readJsonFile } from './json-file.ts';
import { withoutSam } from './sam.ts';

/**
 * The short forms of CloudFormation's functions in YAML: `!Sub text` is `{ "Fn::Sub": text }`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 * (The packages of the registry that know them stand on parsers that give no places.)
 */
const SHORT_FORMS = [
  ...['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue'],
  ...['Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'],
  ...['Contains', 'EachMemberEquals', 'EachMemberIn', 'RefAll', 'ValueOf', 'ValueOfAll'],
];
const FUNCTIONS = new Map([
  ...SHORT_FORMS.map((name) => [name, `Fn::${name}`] as const),
  ['Ref', 'Ref'],
  ['Condition', 'Condition'],
]);

const customTags = (standard: Tags): Tags => [
  ...standard,
  ...Array.from(FUNCTIONS).flatMap(([short, name]) => {
    const tag = `!${short}`;
    const around = (node: unknown): YAMLMap => {
      const map = new YAMLMap();
      map.set(name, node);
      return map;
    };
    return [
      { tag, resolve: (text: string) => ({ [name]: text }) },
      { tag, collection: 'seq' as const, resolve: around },
      { tag, collection: 'map' as const, resolve: around },
    ];
  }),
];

/**
 * Reads a template, JSON or YAML.
 * @param file absolute
 * @throws AssemblyError `ASSEMBLY_INVALID`, with line and column
 */
export async function readTemplateDocument(file: string): Promise<JsonObject> {
  if (file.endsWith('.json')) return withoutSam(await readJsonFile(file));
  return parseTemplate(await readTextFile(file), file).value;
}

/** A template that people write, and where in its text each part of it stands. */
export interface TemplateText {
  readonly value: JsonObject;
  /** Counted from 1; of the nearest part above where there is none at the path. */
  at(path: readonly string[]): { readonly line: number; readonly column: number };
}

/** Characters; CloudFormation takes 1 MB. */
const MAX_LENGTH = 4 * 1024 * 1024;

/** @param file for messages @throws AssemblyError `ASSEMBLY_INVALID` */
export function parseTemplate(text: string, file: string): TemplateText {
  if (text.length > MAX_LENGTH) {
    throw invalid(
      `${file} has ${text.length} characters; CloudFormation takes 1 MB, and no template above ${MAX_LENGTH} is read.`,
    );
  }
  const lineCounter = new LineCounter();
  const { document, value } = readYaml(text.replace(/^\uFEFF/, ''), file, lineCounter);
  if (isObject(value)) {
    const at = (path: readonly string[]): { line: number; column: number } => {
      const { line, col } = lineCounter.linePos(offsetOf(document.contents, path));
      return { line, column: col };
    };
    return { value: withoutSam(value), at };
  }
  throw invalid(`${file} holds no object.`);
}

function readYaml(text: string, file: string, lineCounter: LineCounter) {
  let problem: Problem | undefined;
  try {
    const document = parseDocument(text, {
      ...{ customTags, lineCounter, merge: true, uniqueKeys: false },
      ...{ logLevel: 'error', prettyErrors: false },
    });
    problem = problemIn(document);
    if (problem === undefined) return { document, value: document.toJS() as unknown };
  } catch (cause) {
    // Aliases that multiply, or lead nowhere, are found only now; so is the end of the stack.
    const why = cause instanceof RangeError ? 'it is nested too deep' : (cause as Error).message;
    throw invalid(`${file} cannot be read: ${why}.`, cause);
  }
  const { line, col } = lineCounter.linePos(problem.offset);
  throw invalid(`${file}:${line}:${col}: ${problem.message}`);
}

interface Problem {
  readonly message: string;
  readonly offset: number;
}

/** The first thing that is wrong with a text; an unknown tag hides what it stands for. */
function problemIn(document: Document.Parsed): Problem | undefined {
  const [refused] = [...document.errors, ...document.warnings];
  if (refused !== undefined) return { message: refused.message, offset: refused.pos[0] };
  let found: Problem | undefined;
  visit(document, {
    Scalar(_key, { value, range }) {
      if (typeof value !== 'number' || Number.isFinite(value)) return undefined;
      found = { message: `${value} is no number that JSON has`, offset: range?.[0] ?? 0 };
      return visit.BREAK;
    },
  });
  return found;
}

function invalid(message: string, cause?: unknown): AssemblyError {
  return new AssemblyError('ASSEMBLY_INVALID', message, { cause });
}

/** Where the key stands that the path leads to, or the last of it that there is. */
function offsetOf(contents: unknown, path: readonly string[]): number {
  let node = contents;
  let offset = 0;
  for (const step of path) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(key) === step);
      next = isPair(pair) ? pair.value : undefined;
      if (isNode(pair?.key)) offset = pair.key.range?.[0] ?? offset;
    } else if (isSeq(node)) {
      next = node.items[Number(step)];
      if (isNode(next)) offset = next.range?.[0] ?? offset;
    }
    if (next === undefined) break;
    node = next;
  }
  return offset;
}
