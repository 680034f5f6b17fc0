import type { PolicyStatement } from '@harmony/assembly';

/** What a request tells of itself before it is made; a key that is missing is not known. */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

/**
 * Whether statements allow an action on a resource. What is not known (a resource that an
 * expression names, a condition on what only AWS sees) counts as fitting: this finds what cannot
 * be allowed, and does not promise that all else is.
 */
export function mayBeAllowed(
  statements: readonly PolicyStatement[],
  action: string,
  resource: string | undefined,
  context: RequestContext,
): boolean {
  const allowed = statements.some(
    (statement) =>
      statement.effect === 'Allow' &&
      coversAction(statement, action) &&
      (resource === undefined || coversResource(statement, resource)) &&
      mayHold(statement, context),
  );
  return (
    allowed &&
    !statements.some(
      (statement) =>
        statement.effect === 'Deny' &&
        !statement.conditional &&
        coversAction(statement, action) &&
        coversResource(statement, resource ?? '*'),
    )
  );
}

function coversAction({ actions, notActions }: PolicyStatement, action: string): boolean {
  return actions.length > 0
    ? actions.some((pattern) => actionMatches(pattern, action))
    : notActions.length > 0 && !notActions.some((pattern) => actionMatches(pattern, action));
}

/** IAM ignores the case of actions. */
export function actionMatches(pattern: string, action: string): boolean {
  return matches(pattern.toLowerCase(), action.toLowerCase());
}

function coversResource({ resources, notResources }: PolicyStatement, resource: string): boolean {
  return resources.length > 0
    ? resources.some((pattern) => matches(pattern, resource))
    : notResources.length > 0 && !notResources.some((pattern) => matches(pattern, resource));
}

/** Equality and likeness of what the request is known to say; every other condition may hold. */
function mayHold({ conditions = {} }: PolicyStatement, context: RequestContext): boolean {
  return Object.entries(conditions).every(([operator, keys]) => {
    const kind = /^(?:ForA(?:ll|ny)Values:)?String(Equals|Like)(?:IfExists)?$/.exec(operator)?.[1];
    if (kind === undefined) return true;
    return Object.entries(keys).every(([key, accepted]) => {
      const known = context[key.toLowerCase()];
      if (known === undefined) return true;
      return known.every((value) =>
        accepted.some((one) => (kind === 'Equals' ? one === value : matches(one, value))),
      );
    });
  });
}

/** IAM's wildcards: `*` any text, `?` any one character. */
function matches(pattern: string, text: string): boolean {
  // One step a character, whatever the pattern: no expression that could run for long.
  let from = 0;
  let star = -1;
  let mark = 0;
  let at = 0;
  while (at < text.length) {
    if (pattern[from] === '*') {
      star = from++;
      mark = at;
    } else if (pattern[from] === '?' || pattern[from] === text[at]) {
      from++;
      at++;
    } else if (star >= 0) {
      from = star + 1;
      at = ++mark;
    } else return false;
  }
  while (pattern[from] === '*') from++;
  return from === pattern.length;
}
