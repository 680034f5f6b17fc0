import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isObject } from '@harmony/schema';
import { jsonOf } from '../input/json-of.ts';
import { readText } from '../input/read-text.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../usage-error.ts';

/** A `${Name}` of a definition that nobody gave a value. */
export interface Undefined {
  readonly name: string;
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
}

export interface Substituted {
  readonly text: string;
  readonly undefined: readonly Undefined[];
}

/** What CloudFormation gives everywhere. */
const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Region': 'us-east-1',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'local',
};

/** Fields whose values are numbers: a text there would make a definition that nobody wrote. */
const NUMBER =
  /(?:Seconds|MaxConcurrency|MaxAttempts|BackoffRate|Percentage|Count|MaxItems|PerBatch|Limit|Size|MaxResults)["']?\s*:\s*$/i;
const ARN_OF: readonly (readonly [RegExp, string])[] = [
  [/["']?Resource["']?\s*:\s*["']?$/, 'arn:aws:lambda:us-east-1:123456789012:function:'],
  [/["']?StateMachineArn["']?\s*:\s*["']?$/, 'arn:aws:states:us-east-1:123456789012:stateMachine:'],
];

/** Characters before and after a `${Name}` that say what fits there. */
const MOST_AROUND = 200;

/**
 * A definition's text with its `${Name}`s replaced, as a deployment does it: in the text, before it is
 * parsed. One that has no value gets a stand-in that fits its place.
 */
export function substitute(text: string, values: Readonly<Record<string, string>>): Substituted {
  const missing: Undefined[] = [];
  // Places go on from the last one: counted from the start each time, a large text would take hours.
  let [line, lineStart, quotes, upTo] = [1, 0, 0, 0];
  const readTo = (offset: number): void => {
    for (; upTo < offset; upTo++) {
      if (text[upTo] === '\n') [line, lineStart, quotes] = [line + 1, upTo + 1, 0];
      else if (text[upTo] === '"') quotes++;
    }
  };
  const replaced = text.replaceAll(
    /\$\{([^{}\s$"'`]+)\}/g,
    (whole, name: string, offset: number) => {
      const given = [values, PSEUDO].find((some) => Object.hasOwn(some, name))?.[name];
      if (given !== undefined) return given;
      readTo(offset);
      const before = text.slice(Math.max(lineStart, offset - MOST_AROUND), offset);
      const after = text.slice(offset + whole.length, offset + whole.length + MOST_AROUND);
      const standIn = standInFor(name, { before, after, quoted: quotes % 2 === 1 });
      missing.push({ name, value: standIn, line, column: offset - lineStart + 1 });
      return standIn;
    },
  );
  return { text: replaced, undefined: missing };
}

interface Around {
  /** In its line. */
  readonly before: string;
  readonly after: string;
  /** Inside of a text in double quotes. */
  readonly quoted: boolean;
}

function standInFor(name: string, { before, after, quoted }: Around): string {
  const text = `stand-in--${name.replaceAll(/[^A-Za-z0-9]+/g, '-')}`;
  if (NUMBER.test(before)) return '1';
  const whole = /^["']?\s*(?:[,}\]#\r\n]|$)/.test(after);
  const arn = whole ? (ARN_OF.find(([pattern]) => pattern.test(before))?.[1] ?? '') : '';
  // A bare one in JSON; in YAML quotes do no harm.
  const bare = !quoted && /[:,[]\s*$/.test(before) && whole && !before.includes("'");
  return bare ? JSON.stringify(arn + text) : arn + text;
}

/**
 * The values of `--substitutions`: each `NAME=VALUE`, or a JSON file of them.
 * @throws UsageError
 */
export async function readSubstitutions(
  given: readonly string[],
  io: Io,
): Promise<Record<string, string>> {
  const values = new Map<string, string>();
  for (const each of given) {
    const [, name, value] = /^([^=]+)=([^]*)$/.exec(each) ?? [];
    if (name !== undefined && value !== undefined) {
      values.set(name, value);
      continue;
    }
    if (!existsSync(resolve(io.cwd, each))) {
      throw new UsageError(
        `--substitutions takes NAME=VALUE, or a JSON file of names and values: ${each} is neither.`,
      );
    }
    const file = jsonOf(await readText(each, 'the substitutions', io), each, 'the file');
    if (!isObject(file))
      throw new UsageError(`${each} must hold a JSON object of names and values.`);
    for (const [key, item] of Object.entries(file)) {
      values.set(key, typeof item === 'string' ? item : JSON.stringify(item));
    }
  }
  return Object.fromEntries(values);
}
