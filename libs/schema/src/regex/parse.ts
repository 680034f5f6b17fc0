import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { complement, type Range, type Regex, type RegexPart, union } from './ast.ts';

/** Copies of a repeated part that an automaton may need; above it nothing is decided. */
const MAX_REPEAT = 2000;

const DIGIT: readonly Range[] = [[0x30, 0x39]];
const WORD: readonly Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** ECMAScript's WhiteSpace and LineTerminator. */
const SPACE: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const LINE_END: readonly Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const CLASSES = { digit: DIGIT, word: WORD, space: SPACE } as const;

class Unsupported extends Error {}

/**
 * Reads an ECMAScript pattern as JSON Schema uses it: Unicode mode, unanchored.
 * @returns its parts, all of which must hold; undefined where the language is not known to be
 * regular (look-around other than at the start, back-references, `\b`, `\p`)
 */
export function parseRegex(source: string): readonly RegexPart[] | undefined {
  try {
    const { alternatives } = new RegExpParser({ ecmaVersion: 2025 }).parsePattern(
      source,
      undefined,
      undefined,
      { unicode: true },
    );
    return partsOf(alternatives);
  } catch {
    // Also what is no regular expression at all, and what is nested too deeply to be read.
    return undefined;
  }
}

/** Look-aheads right behind a leading `^` are parts of their own. */
function partsOf(alternatives: readonly AST.Alternative[]): RegexPart[] {
  const [only] = alternatives;
  const elements = alternatives.length === 1 && only ? only.elements : [];
  if (elements[0]?.type !== 'Assertion' || elements[0].kind !== 'start') {
    return [{ regex: choice(alternatives), negate: false }];
  }
  const heads = elements.slice(1);
  const end = heads.findIndex((item) => !isLookahead(item));
  const ahead = (end < 0 ? heads : heads.slice(0, end)).filter(isLookahead);
  const start: Regex = { kind: 'start' };
  const rest = elements.slice(1 + ahead.length).map(element);
  return [
    ...ahead.map((item) => ({
      regex: sequence([start, choice(item.alternatives)]),
      negate: item.negate,
    })),
    { regex: sequence([start, ...rest]), negate: false },
  ];
}

function isLookahead(item: AST.Element): item is AST.LookaheadAssertion {
  return item.type === 'Assertion' && item.kind === 'lookahead';
}

function choice(alternatives: readonly AST.Alternative[]): Regex {
  const options = alternatives.map(({ elements }) => sequence(elements.map(element)));
  return options.length === 1 ? (options[0] as Regex) : { kind: 'choice', options };
}

function element(item: AST.Element): Regex {
  switch (item.type) {
    case 'Assertion':
      if (item.kind === 'start' || item.kind === 'end') return { kind: item.kind };
      throw new Unsupported(item.raw);
    case 'Group':
      if (item.modifiers) throw new Unsupported(item.raw);
      return choice(item.alternatives);
    case 'CapturingGroup':
      return choice(item.alternatives);
    case 'Quantifier': {
      const { min, max } = item;
      if (min > MAX_REPEAT || (max > MAX_REPEAT && max !== Infinity)) throw new Unsupported();
      return { kind: 'repeat', item: element(item.element), min, max };
    }
    case 'Character':
    case 'CharacterSet':
      return set(characters(item));
    case 'CharacterClass': {
      const ranges = union(item.elements.flatMap((each) => [...characters(each)]));
      return set(item.negate ? complement(ranges) : ranges);
    }
    default:
      throw new Unsupported(item.raw);
  }
}

function characters(
  item: AST.CharacterClassElement | AST.CharacterSet | AST.Character,
): readonly Range[] {
  switch (item.type) {
    case 'Character':
      return [[item.value, item.value]];
    case 'CharacterClassRange':
      return [[item.min.value, item.max.value]];
    case 'CharacterSet': {
      if (item.kind === 'any') return complement(LINE_END);
      if (item.kind === 'property') throw new Unsupported(item.raw);
      const ranges = CLASSES[item.kind];
      return item.negate ? complement(ranges) : ranges;
    }
    default:
      throw new Unsupported(item.raw);
  }
}

function sequence(items: readonly Regex[]): Regex {
  if (items.length === 0) return { kind: 'empty' };
  return items.length === 1 ? (items[0] as Regex) : { kind: 'sequence', items };
}

function set(ranges: readonly Range[]): Regex {
  return { kind: 'set', ranges };
}

/** The language of exactly these strings. */
export function literalRegex(values: readonly string[]): Regex {
  const options = values.map((value): Regex =>
    sequence([
      { kind: 'start' },
      ...[...value].map((char): Regex => {
        const code = char.codePointAt(0) ?? 0;
        return set([[code, code]]);
      }),
      { kind: 'end' },
    ]),
  );
  return { kind: 'choice', options };
}
