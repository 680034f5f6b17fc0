/** Part of a policy: actions on resources. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** `{"Version":"2012-10-17","Statement":[]}`. */
const AROUND_STATEMENTS = 40;

/** Characters of a policy with these statements. */
export function policyCharacters(statements: readonly Statement[]): number {
  return statements.reduce((sum, statement) => sum + size(statement) + 1, AROUND_STATEMENTS);
}

/**
 * Puts statements into as few policies of up to `limit` characters as an even filling takes; a long
 * list of resources goes on in the next policy.
 */
export function packStatements(
  statements: readonly Statement[],
  limit: number,
): readonly (readonly Statement[])[] {
  const policies: Statement[][] = [[]];
  let room = limit - AROUND_STATEMENTS;
  for (const { actions, resources } of statements) {
    let taken: string[] = [];
    const close = () => {
      if (taken.length > 0) policies.at(-1)?.push({ actions, resources: taken });
      taken = [];
    };
    const frame = size({ actions, resources: [] }) + 1;
    room -= frame;
    for (const resource of resources) {
      const characters = JSON.stringify(resource).length + 1;
      if (characters > room) {
        close();
        policies.push([]);
        room = limit - AROUND_STATEMENTS - frame;
      }
      taken.push(resource);
      room -= characters;
    }
    close();
  }
  return policies.filter((policy) => policy.length > 0);
}

/** A list of one may be written without its brackets: counted with them. */
function size({ actions, resources }: Statement): number {
  return JSON.stringify({ Action: actions, Effect: 'Allow', Resource: resources }).length;
}
