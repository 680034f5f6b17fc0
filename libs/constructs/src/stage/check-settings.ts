import { checkStageName, type Issue } from '@harmony/contract';
import type { StageSettings } from './settings.ts';

const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;
/** A managed policy's name, or the ARN of one. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
const POLICY = /^(arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/)?[\w+=,.@/-]{1,512}$/;
const KEY = /^arn:(aws[a-z-]*):kms:([a-z0-9-]+):(\d{12}):key\/[A-Za-z0-9-]+$/;

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices */
const MAX_TAGS = 50;
const TAG = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** What AWS would refuse of a stage's settings, each with its path. */
export function checkSettings(stage: StageSettings): Issue[] {
  const at = (path: string) => `stage ${JSON.stringify(stage.name)}.${path}`;
  const { account, region } = stage.env ?? {};
  return [
    ...checkStageName(stage.name),
    ...matches(account, ACCOUNT, at('env.account'), 'twelve digits, as text'),
    ...matches(region, REGION, at('env.region'), 'a region, such as eu-central-1'),
    ...matches(
      stage.permissionsBoundary,
      POLICY,
      at('permissionsBoundary'),
      "a managed policy's name or ARN",
    ),
    ...checkKey(stage, at('kmsKeyArn')),
    ...checkTags(stage.tags ?? {}, at('tags')),
  ];
}

function matches(value: unknown, pattern: RegExp, path: string, expected: string): Issue[] {
  if (value === undefined || (typeof value === 'string' && pattern.test(value))) return [];
  return [{ path, message: `expected ${expected}, got ${JSON.stringify(value)}` }];
}

/** A key is of one region, and its policy must trust the account: another's could not be used. */
function checkKey({ kmsKeyArn, env = {} }: StageSettings, path: string): Issue[] {
  if (kmsKeyArn === undefined) return [];
  const [, , region, account] = KEY.exec(kmsKeyArn) ?? [];
  if (region === undefined) {
    const expected = 'the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID (an alias is none)';
    return matches(kmsKeyArn, KEY, path, expected);
  }
  return [
    ...(env.region === undefined || env.region === region
      ? []
      : [{ path, message: `the key is in ${region}, the stage in ${env.region}` }]),
    ...(env.account === undefined || env.account === account
      ? []
      : [{ path, message: `the key is of account ${account}, the stage of ${env.account}` }]),
  ];
}

function checkTags(tags: Readonly<Record<string, string>>, path: string): Issue[] {
  const entries = Object.entries(tags);
  const count =
    entries.length > MAX_TAGS
      ? [{ path, message: `AWS allows ${MAX_TAGS} tags, there are ${entries.length}` }]
      : [];
  return entries.reduce<Issue[]>((issues, [key, value]) => {
    const here = `${path}[${JSON.stringify(key)}]`;
    const problem = tagProblem(key, value);
    return problem === undefined ? issues : [...issues, { path: here, message: problem }];
  }, count);
}

function tagProblem(key: string, value: unknown): string | undefined {
  if (key.length === 0 || key.length > 128) return 'a key has 1 to 128 characters';
  if (/^aws:/i.test(key)) return 'a key may not begin with aws:, which AWS keeps for itself';
  if (typeof value !== 'string') return `expected text, got ${typeof value}`;
  if (value.length > 256) return `a value has up to 256 characters, this one ${value.length}`;
  if (!TAG.test(key) || !TAG.test(value))
    return 'only letters, digits, spaces and _.:/=+-@ are allowed';
  return undefined;
}
