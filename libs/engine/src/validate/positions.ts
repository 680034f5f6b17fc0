import type { Document, Node, Pair, YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { isQuotedSubstitution, quoteSubstitutions } from './placeholders.ts';
import { pointerSteps } from '../pointer.ts';

/** A place in a text, both counted from 1, the column in characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A definition in a file, JSON or YAML, and where in the text each part of it stands. */
export interface DefinitionText {
  readonly value: unknown;
  /** What makes the text unreadable; `value` means nothing unless there is none. */
  readonly problems: readonly (Position & { readonly message: string })[];
  /** Where the key (or the item) that a JSON pointer names starts; the nearest above if it is gone. */
  at(pointer: string): Position;
  /** Where a character of the text stands. */
  position(offset: number): Position;
}

/** Characters: a definition has 1 MB at most, comments and blanks come on top. */
const maxLength = 8 * 1024 * 1024;

const maxBrackets = 1_000;
const tooDeep = `The text is nested too deep to be read: more than ${String(maxBrackets)} levels.`;

/** Whether more brackets are open at once than any definition has; reading them would recurse. */
function nestsDeep(source: string): boolean {
  let open = 0;
  // Inside of a text that may be none: quotes count within their line.
  let inside: number | undefined;
  // Mark by mark: a pattern for whole texts comes to the end of its stack in one of some megabytes.
  const marks = /["\\\n[\]{}]/g;
  for (let mark = marks.exec(source); mark !== null; mark = marks.exec(source)) {
    const [token] = mark;
    if (token === '"') inside = inside === undefined ? 0 : undefined;
    else if (token === '\\') marks.lastIndex += inside === undefined ? 0 : 1;
    else if (token === '\n') [open, inside] = [open + (inside ?? 0), undefined];
    else {
      const step = token === '[' || token === '{' ? 1 : -1;
      if (inside === undefined) open += step;
      else inside += step;
    }
    if (open > maxBrackets) return true;
  }
  return open + (inside ?? 0) > maxBrackets;
}

/** Reads a definition's text. Never throws. */
export function readDefinitionText(source: string): DefinitionText {
  const lines = new LineCounter();
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const unreadable = (message: string): DefinitionText => {
    const start = { line: 1, column: 1 };
    return { value: undefined, problems: [{ message, ...start }], at: () => start, position };
  };
  if (source.length > maxLength) {
    return unreadable(
      `The text has ${String(source.length)} characters; a definition may have 1 MB, and no text above ${String(maxLength)} is read.`,
    );
  }
  if (nestsDeep(source)) return unreadable(tooDeep);
  try {
    // The package looks for a key twice by comparing each with each; keyProblems does it by name.
    const document = parseDocument(quoteSubstitutions(source), {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'error',
    });
    // How the package tells that its recursion came to the end of the stack: blocks nest without brackets.
    if (document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) {
      return unreadable(tooDeep);
    }
    const problems = [
      ...document.errors.map(({ message, pos }) => ({ message, offset: pos[0] })),
      // An unknown tag: what it stands for is not in the text.
      ...document.warnings.map(({ message, pos }) => ({ message, offset: pos[0] })),
    ];
    if (problems.length === 0) problems.push(...notJson(document));
    restoreSubstitutions(document, source);
    const value: unknown = problems.length === 0 ? document.toJS() : undefined;
    const index: KeyIndex = new WeakMap();
    return {
      value,
      problems: problems.map(({ message, offset }) => ({ message, ...position(offset) })),
      at: (pointer) => position(offsetOf(document, pointer, index)),
      position,
    };
  } catch (error) {
    if (error instanceof RangeError) return unreadable(tooDeep);
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

/** Values are what the text says: a bare substitution was made a string only to be parsed. */
function restoreSubstitutions(document: Document.Parsed, source: string): void {
  visit(document, {
    Scalar(_key, scalar) {
      const { value, range } = scalar;
      if (!range || typeof value !== 'string' || !isQuotedSubstitution(value)) return;
      scalar.value = source.slice(range[0], range[1]);
    },
  });
}

interface Problem {
  readonly message: string;
  readonly offset: number;
}

/** What YAML can say and JSON cannot: a key twice, a number that is none, a value inside itself. */
function notJson(document: Document.Parsed): Problem[] {
  const problems: Problem[] = [];
  const anchors = new Map<string, Node>();
  visit(document, {
    Node(_key, node) {
      if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node);
    },
    Map(_key, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items as Pair<Node>[]) {
        if (!isScalar(key)) {
          problems.push({ message: 'A key must be a text', offset: start(key) ?? 0 });
        } else if (seen.has(String(key.value))) {
          problems.push({
            message: `The key '${String(key.value)}' stands here twice`,
            offset: start(key) ?? 0,
          });
        } else seen.add(String(key.value));
      }
    },
    Scalar(_key, scalar) {
      if (typeof scalar.value === 'number' && !Number.isFinite(scalar.value)) {
        const written = scalar.source ?? String(scalar.value);
        const message = `'${written}' is no number that JSON has; write it in quotes if it is a text`;
        problems.push({ message, offset: start(scalar) ?? 0 });
      }
    },
    Alias(_key, alias, path) {
      const target = anchors.get(alias.source);
      if (target !== undefined && path.includes(target)) {
        problems.push({
          message: `'*${alias.source}' stands inside what it names`,
          offset: start(alias as Node) ?? 0,
        });
      }
    },
  });
  return problems;
}

/** The pairs of a map by key, made when a pointer first goes through it. */
type KeyIndex = WeakMap<YAMLMap, Map<string, Pair<Node, Node | null>>>;

function offsetOf(document: Document.Parsed, pointer: string, index: KeyIndex): number {
  let node: Node | null | undefined = document.contents;
  let offset = start(node) ?? 0;
  for (const step of pointerSteps(pointer)) {
    if (isMap(node)) {
      const pair = pairsOf(node, index).get(step);
      if (pair === undefined) return offset;
      offset = start(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)] as Node | undefined;
      offset = start(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function pairsOf(map: YAMLMap, index: KeyIndex): Map<string, Pair<Node, Node | null>> {
  let pairs = index.get(map);
  if (pairs === undefined) {
    pairs = new Map();
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      if (isScalar(pair.key)) pairs.set(String(pair.key.value), pair);
    }
    index.set(map, pairs);
  }
  return pairs;
}

function start(node: Node | null | undefined): number | undefined {
  return node?.range?.[0];
}
