import { Aws, Token } from 'aws-cdk-lib';

/** What CDK takes for one of its own tokens in any string, in two harmless halves. */
const TOKEN = /(?<=[$#]\{To)(?=ken\[)/;

/**
 * A definition as the text of a `Fn::Join` in which only the ARNs of children are not literal.
 *
 * CDK looks for its tokens (`${Token[…]}`) in every string of a template, and a target's
 * configuration may hold such a text; so the text is cut where one would begin, which the join in
 * CloudFormation mends. `Stack.toJsonString` would resolve it, or fail.
 *
 * @returns the text as a CDK token, and about how many bytes it takes in a template
 * @param render renders the definition with the given function for a child's ARN
 * @param nameOf a child's state machine in this stage
 */
export function literalDefinition(
  render: (stateMachineArn: (child: string) => string) => object,
  nameOf: (child: string) => string,
): { readonly text: string; readonly bytes: number } {
  const plain = JSON.stringify(render((child) => child));
  let marker = '@@';
  while (plain.includes(marker)) marker += '@';
  const text = JSON.stringify(render((child) => `${marker}${child}${marker}`));
  const parts = text.split(marker).flatMap((part, index) =>
    // Between two markers stands a child's name.
    index % 2 === 0 ? part.split(TOKEN) : arn(nameOf(part)),
  );
  const join = { 'Fn::Join': ['', joinNeighbours(parts)] };
  const lines = Buffer.byteLength(JSON.stringify(join, null, 1));
  // In a template it stands five levels deep, and what names account and region is an object.
  return { text: Token.asString(join), bytes: lines + parts.length * INDENTED_REFERENCE };
}

/** Bytes that a line of the join has more in a template than it has here. */
const INDENTED_REFERENCE = 30;

function arn(name: string): unknown[] {
  const { PARTITION, REGION, ACCOUNT_ID } = Aws;
  return ['arn:', PARTITION, ':states:', REGION, ':', ACCOUNT_ID, `:stateMachine:${name}`];
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
