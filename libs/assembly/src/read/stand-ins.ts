import type { Place } from '@harmony/artifact';

/** What stands for a value that only AWS knows: nothing that a person writes starts like it. */
const MARK = 'stand-in';

/** A value that a local run or a check had to make up, and what for. */
export interface StandIn {
  /** What was put in its place: `stand-in--dev-web--Site-DomainName`. */
  readonly value: unknown;
  /** As the template has it: `{"Fn::GetAtt":["Site","DomainName"]}`. */
  readonly expression: string;
  readonly reason: string;
}

/** The same parts, the same text: what one expression stands for compares equal wherever it stands. */
export function standInText(...parts: readonly string[]): string {
  const words = parts.map((part) =>
    part.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, ''),
  );
  return [MARK, ...words].join('--');
}

/** An ARN where one is asked for: a definition that calls it stays valid. */
export function standInArn(place: Place, type: string, text: string): string {
  const service = type.split('::')[1]?.toLowerCase() ?? 'cloudformation';
  const kind = service === 'lambda' ? 'function:' : '';
  return `arn:${place.partition}:${service}:${place.region}:${place.account}:${kind}${text}`;
}

/** CloudFormation puts these in at deployment; here they stay as they are. */
const DYNAMIC_REFERENCE = /\{\{resolve:[^{}]+\}\}/g;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
export function dynamicReferences(value: unknown): StandIn[] {
  const found = new Set(JSON.stringify(value)?.match(DYNAMIC_REFERENCE) ?? []);
  return Array.from(found, (text) => ({
    value: text,
    expression: text,
    reason: 'AWS reads it when the stack is deployed',
  }));
}
