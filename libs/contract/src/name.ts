import type { Issue } from './errors.ts';

/**
 * Characters in the name of a Step Functions state machine, the stage's prefix included.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const MAX_STATE_MACHINE_NAME = 80;

/** The longest stage name (`dev`, `prod`, `pr-12345`): what a name leaves room for. */
export const MAX_STAGE_NAME = 16;

/** What is left for a child's or an orchestration's own name after `<stage>-`: 63 characters. */
export const MAX_NAME = MAX_STATE_MACHINE_NAME - MAX_STAGE_NAME - 1;

/**
 * Of Step Functions' characters those that CloudFormation allows in a stack name too, for a child
 * is also a stack; CloudWatch Logs takes no others either.
 */
const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** What is wrong with the name of a contract or of an orchestration, if anything. */
export function checkName(name: unknown, path = 'name'): Issue[] {
  return check(name, path, NAME, MAX_NAME, 'letters, digits and "-", a letter first', () => {
    const prefix = `the stage's prefix (${MAX_STAGE_NAME} and a "-")`;
    return `Step Functions allows ${MAX_STATE_MACHINE_NAME} with ${prefix}`;
  });
}

/** What is wrong with the name of a stage, if anything. */
export function checkStageName(name: unknown, path = 'stage'): Issue[] {
  return check(name, path, NAME, MAX_STAGE_NAME, 'letters, digits and "-", a letter first', () => {
    return `the names it prefixes need the rest of Step Functions' ${MAX_STATE_MACHINE_NAME}`;
  });
}

/** What is wrong with the id of a target, if anything. It is part of `runId` and of messages. */
export function checkId(id: unknown, path = 'id'): Issue[] {
  const allowed = 'letters, digits, "-" and "_", a letter or digit first';
  return check(id, path, ID, MAX_STATE_MACHINE_NAME, allowed, () => `as long as any name may be`);
}

function check(
  value: unknown,
  path: string,
  characters: RegExp,
  max: number,
  allowed: string,
  why: () => string,
): Issue[] {
  if (typeof value !== 'string') {
    return [{ path, message: `expected a string, got ${JSON.stringify(value) ?? typeof value}` }];
  }
  const issues: Issue[] = [];
  if (!characters.test(value)) {
    issues.push({ path, message: `${JSON.stringify(value)} may hold only ${allowed}` });
  }
  if (value.length > max) {
    const size = `${JSON.stringify(value)} has ${value.length} characters`;
    issues.push({ path, message: `${size}, at most ${max} are allowed: ${why()}` });
  }
  return issues;
}
