import type { Document, Node, Pair } from 'yaml';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { quoteSubstitutions } from './placeholders.ts';
import { pointerSteps } from './pointer.ts';

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
}

/** Reads a definition's text. Never throws. */
export function readDefinitionText(source: string): DefinitionText {
  const lines = new LineCounter();
  const document = parseDocument(quoteSubstitutions(source), {
    lineCounter: lines,
    prettyErrors: false,
  });
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = document.errors.map(({ message, pos }) => ({ message, ...position(pos[0]) }));
  let value: unknown;
  try {
    value = problems.length === 0 ? document.toJS() : undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    problems.push({ message, line: 1, column: 1 });
  }
  return { value, problems, at: (pointer) => position(offsetOf(document, pointer)) };
}

export function offsetOf(document: Document.Parsed, pointer: string): number {
  let node: Node | null | undefined = document.contents;
  let offset = start(node) ?? 0;
  for (const step of pointerSteps(pointer)) {
    if (isMap(node)) {
      const pair: Pair<Node, Node | null> | undefined = (
        node.items as Pair<Node, Node | null>[]
      ).find((item) => isScalar(item.key) && String(item.key.value) === step);
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

function start(node: Node | null | undefined): number | undefined {
  return node?.range?.[0];
}
