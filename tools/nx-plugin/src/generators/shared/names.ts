import { GeneratorError } from './generator-error.ts';

/** As `@harmony/contract` limits them: 80 for a state machine, less a stage of 16 and a `-`. */
const MAX_NAME = 63;
const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
const MAX_ID = 80;
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** Names that generated code imports or declares beside the one made of the child's name. */
const DECLARED = new Set(
  'Aws ChildWorkflow Construct Duration Orchestrator PolicyStatement StackBuilder WorkflowProps defineContract defineOrchestration describe expect join stacks stage target z'.split(
    ' ',
  ),
);

/** What the rules of contracts say against a name, if anything; the contract's own words are kept short. */
export function nameProblem(name: string): string | undefined {
  if (!NAME.test(name)) return 'may hold only letters, digits and "-", a letter first';
  if (name.length > MAX_NAME) {
    return `has ${name.length} characters, at most ${MAX_NAME} are allowed: Step Functions allows 80 with the stage's prefix`;
  }
  return undefined;
}

/** What the rules of orchestrations say against a target's id, if anything. */
export function idProblem(id: string): string | undefined {
  if (!ID.test(id)) return 'may hold only letters, digits, "-" and "_", a letter or digit first';
  if (id.length > MAX_ID) return `has ${id.length} characters, at most ${MAX_ID} are allowed`;
  return undefined;
}

/**
 * Checks a name that becomes a folder, a package and an identifier too, so that it must be lower
 * case, with single hyphens.
 *
 * @throws GeneratorError `NAME_INVALID`
 */
export function assertName(kind: string, name: string): void {
  const problem =
    nameProblem(name) ??
    (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)
      ? undefined
      : 'is also a package and a folder: write it in lower case, words joined by single hyphens') ??
    (isTaken(camelCase(name)) || isTaken(pascalCase(name))
      ? `would be ${camelCase(name)} in TypeScript, which means something else there`
      : undefined);
  if (problem === undefined) return;
  throw new GeneratorError('NAME_INVALID', `${kind} ${JSON.stringify(name)} ${problem}.`);
}

/** @throws GeneratorError `NAME_INVALID` */
export function assertId(id: string): void {
  const problem = idProblem(id);
  if (problem === undefined) return;
  throw new GeneratorError('NAME_INVALID', `--id ${JSON.stringify(id)} ${problem}.`);
}

function isTaken(identifier: string): boolean {
  // Nx keeps projects by name in plain objects, which have such members already.
  if (DECLARED.has(identifier) || identifier in {}) return true;
  try {
    // The language itself knows its reserved words.
    new Function('"use strict"; const ' + identifier + ' = 0; return ' + identifier);
    return ['await', 'undefined', 'NaN', 'Infinity', 'globalThis'].includes(identifier);
  } catch {
    return true;
  }
}

/** `billing-alerts` → `billingAlerts`. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** `billing-alerts` → `BillingAlerts`. */
export function pascalCase(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** `find-stale-keys` → `Find stale keys`: how a state is named. */
export function sentenceCase(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `a, b,` → `['a', 'b']`; also what Nx makes of a repeated flag. */
export function listOf(value: string | readonly string[] | undefined): readonly string[] {
  const text = typeof value === 'string' ? value : (value ?? []).join(',');
  return [
    ...new Set(
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    ),
  ];
}
