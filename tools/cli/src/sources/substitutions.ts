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

/**
 * A definition's text with its `${Name}`s replaced, as a deployment does it: in the text, before it is
 * parsed. One that has no value gets a stand-in that fits its place.
 */
export function substitute(text: string, values: Readonly<Record<string, string>>): Substituted {
  const missing: Undefined[] = [];
  const replaced = text.replaceAll(
    /\$\{([^{}\s$"'`]+)\}/g,
    (whole, name: string, offset: number) => {
      const value = values[name] ?? PSEUDO[name];
      if (value !== undefined) return value;
      const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
      const standIn = standInFor(name, before, text.slice(offset + whole.length));
      const line = text.slice(0, offset).split('\n').length;
      missing.push({ name, value: standIn, line, column: before.length + 1 });
      return standIn;
    },
  );
  return { text: replaced, undefined: missing };
}

function standInFor(name: string, before: string, after: string): string {
  const text = `stand-in--${name.replaceAll(/[^A-Za-z0-9]+/g, '-')}`;
  if (NUMBER.test(before)) return '1';
  const quoted = (before.match(/"/g)?.length ?? 0) % 2 === 1;
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
  const values: Record<string, string> = {};
  for (const each of given) {
    const [, name, value] = /^([^=]+)=([^]*)$/.exec(each) ?? [];
    if (name !== undefined && value !== undefined) {
      values[name] = value;
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
      values[key] = typeof item === 'string' ? item : JSON.stringify(item);
    }
  }
  return values;
}
