import type { StageEnvironment } from '@harmony/orchestration';
import { Aws, Token } from 'aws-cdk-lib/core';

/** What CDK takes for one of its own tokens in any string, in two harmless halves. */
const TOKEN = /(?<=[$#]\{To)(?=ken\[)/;

/** What the template resolves in a definition: the ARN of a child, what is known of the stage. */
export interface Unresolved {
  readonly stateMachineArn: (child: string) => string;
  readonly environment: StageEnvironment;
}

/**
 * A definition as the text of a `Fn::Join` in which only the ARNs of children, and what targets
 * say of their stage, are not literal.
 *
 * CDK looks for its tokens (`${Token[…]}`) in every string of a template, and a target's
 * configuration may hold such a text; so the text is cut where one would begin, which the join in
 * CloudFormation mends. `Stack.toJsonString` would resolve it, or fail.
 *
 * @returns the text as a CDK token, and about how many bytes it takes in a template
 * @param render renders the definition with the given stand-ins for what is not literal
 * @param stage its name, the prefix of its state machines
 */
export function literalDefinition(
  render: (unresolved: Unresolved) => object,
  stage: string,
): { readonly text: string; readonly bytes: number } {
  const marked = (marker: string): Unresolved => ({
    stateMachineArn: (child) => `${marker}${CHILD}${child}${marker}`,
    environment: {
      name: stage,
      account: `${marker}account${marker}`,
      region: `${marker}region${marker}`,
      partition: `${marker}partition${marker}`,
    },
  });
  const plain = JSON.stringify(render(marked('')));
  let marker = '@@';
  while (plain.includes(marker)) marker += '@';
  const parts = JSON.stringify(render(marked(marker)))
    .split(marker)
    // What stands between two markers the template resolves.
    .flatMap((part, index) => (index % 2 === 0 ? part.split(TOKEN) : resolved(part, stage)));
  const join = { 'Fn::Join': ['', joinNeighbours(parts)] };
  const lines = Buffer.byteLength(JSON.stringify(join, null, 1));
  // In a template it stands five levels deep, and what names account and region is an object.
  return { text: Token.asString(join), bytes: lines + parts.length * INDENTED_REFERENCE };
}

/** Bytes that a line of the join has more in a template than it has here. */
const INDENTED_REFERENCE = 30;

/** Before a child's name between two markers. */
const CHILD = 'child ';

function resolved(part: string, stage: string): unknown[] {
  const { PARTITION, REGION, ACCOUNT_ID } = Aws;
  switch (part) {
    case 'account':
      return [ACCOUNT_ID];
    case 'region':
      return [REGION];
    case 'partition':
      return [PARTITION];
    default: {
      const machine = `:stateMachine:${stage}-${part.slice(CHILD.length)}`;
      return ['arn:', PARTITION, ':states:', REGION, ':', ACCOUNT_ID, machine];
    }
  }
}

/** Fewer parts, but never so that two halves of a token meet. */
function joinNeighbours(parts: readonly unknown[]): unknown[] {
  const joined: unknown[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const isText = typeof last === 'string' && typeof part === 'string';
    const isPlain = isText && !Token.isUnresolved(last) && !Token.isUnresolved(part);
    if (isPlain && !TOKEN.test(last + part) && !/[$#]\{To$/.test(last)) {
      joined[joined.length - 1] = last + part;
    } else joined.push(part);
  }
  return joined;
}
