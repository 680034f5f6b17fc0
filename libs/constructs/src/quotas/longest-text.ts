import { LONGEST_PLACE } from '@harmony/orchestration/permissions';

/** What stands for a resource's name or ARN, which only a deployment knows: the longest there are. */
const LONGEST_REFERENCE = 'x'.repeat(170);

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': LONGEST_PLACE.partition,
  'AWS::Region': LONGEST_PLACE.region,
  'AWS::AccountId': LONGEST_PLACE.account,
  'AWS::URLSuffix': 'amazonaws.com.cn',
};

/** A value of a template with every intrinsic function in it as the longest text it can give. */
export function longest(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(longest);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [key = '', argument] = entries.length === 1 ? (entries[0] ?? []) : [];
  if (key === 'Ref') return PSEUDO[String(argument)] ?? LONGEST_REFERENCE;
  if (key === 'Fn::Join' && Array.isArray(argument)) {
    const [delimiter, parts] = argument as [string, unknown[]];
    return parts.map((part) => longestText(part)).join(delimiter);
  }
  if (key === 'Fn::Sub') return longestSub(argument);
  if (key.startsWith('Fn::')) return LONGEST_REFERENCE;
  return Object.fromEntries(entries.map(([name, item]) => [name, longest(item)]));
}

export function longestText(value: unknown): string {
  const text = longest(value);
  return typeof text === 'string' ? text : (JSON.stringify(text) ?? '');
}

function longestSub(argument: unknown): string {
  const text: unknown = Array.isArray(argument) ? argument[0] : argument;
  return String(text).replaceAll(
    /\$\{([^}!]+)\}/g,
    (_, name: string) => PSEUDO[name] ?? LONGEST_REFERENCE,
  );
}
