import type { ContractDocument } from '@harmony/contract';
import { expressionIn, ExpressionSyntaxError, parseJsonata } from '@harmony/engine/expressions';
import { readDefinitionText } from '@harmony/engine/validate';
import { type FindingPlace, passes } from '../finding.ts';
import { presenceAsked } from './choice.ts';
import { type Fact, type Field, scalar, unknown } from './fact.ts';
import { askedFor } from './jsonata-node.ts';
import { runFlow, type StateJson } from './machine.ts';
import { type LintFinding, Reporter, type Untraced } from './reporter.ts';

export interface LintReport {
  readonly findings: readonly LintFinding[];
  /** References that nothing declares the type of: said, not passed over. */
  readonly untraced: readonly Untraced[];
}

export interface LintTextReport {
  readonly file: string;
  readonly contract: string;
  /** No errors; warnings do not count. */
  readonly valid: boolean;
  readonly findings: readonly (LintFinding & Required<FindingPlace>)[];
  readonly untraced: readonly (Untraced & Required<FindingPlace>)[];
}

/**
 * Holds every reference of a child's state machine that can be traced to its execution input
 * against the contract: the field is declared, and its type fits its use.
 *
 * What *Check input* answers is the contract's output form. What comes from another Task is
 * declared by nothing: it is listed as untraced.
 */
export function lintDefinition(definition: unknown, contract: ContractDocument): LintReport {
  const reporter = new Reporter();
  const machine = definition as StateJson;
  collectGuards(machine, reporter);
  const raw = inputFact(contract, false);
  reporter.active = true;
  const flow = {
    value: machine,
    pointer: '',
    language: machine['QueryLanguage'] === 'JSONata' ? ('JSONata' as const) : ('JSONPath' as const),
    context: contextFact(raw),
    reporter,
    checked: inputFact(contract, true),
  };
  runFlow(flow, raw, new Map());
  for (const path of reporter.usage.unused(contract)) {
    const message = `${path} is declared by the contract ${contract.name}, but no state reads it`;
    reporter.problem('warning', 'FIELD_UNUSED', '', message);
  }
  return { findings: [...reporter.findings.values()], untraced: [...reporter.untraced.values()] };
}

/**
 * As `lintDefinition`, of a file's text, with line and column.
 * @param file as messages should name it
 */
export function lintText(source: string, file: string, contract: ContractDocument): LintTextReport {
  const { value, problems, at } = readDefinitionText(source);
  if (problems.length > 0 || typeof value !== 'object' || value === null) {
    // The language itself is the business of `harmony validate`.
    return { file, contract: contract.name, valid: false, findings: [], untraced: [] };
  }
  const report = lintDefinition(value, contract);
  const placed = <T extends { readonly path: string }>(list: readonly T[]) =>
    list
      .map((each) => ({ ...each, file, ...at(each.path) }))
      .sort((a, b) => a.line - b.line || a.column - b.column);
  return {
    file,
    contract: contract.name,
    valid: passes(report.findings),
    findings: placed(report.findings),
    untraced: placed(report.untraced),
  };
}

/** The execution input as a caller writes it, or with the contract's defaults applied. */
function inputFact(contract: ContractDocument, applied: boolean): Fact {
  const part = (path: 'payload' | 'configuration'): Field => {
    const schema = contract[path];
    return { fact: { kind: 'declared', schema, root: schema, path, applied }, maybe: false };
  };
  const added = (fact: Fact): Field => ({ fact, maybe: true });
  return {
    kind: 'object',
    fields: new Map([
      ['payload', part('payload')],
      ['configuration', part('configuration')],
      ['runId', added(scalar('string'))],
      ['NeedCallback', added(scalar('boolean'))],
      ['AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID', added(scalar('string'))],
    ]),
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
function contextFact(input: Fact): Fact {
  const text = { fact: scalar('string'), maybe: false };
  const count = { fact: scalar('number'), maybe: false };
  const fields = (entries: Record<string, Field>): Field => ({
    fact: { kind: 'object', fields: new Map(Object.entries(entries)) },
    maybe: false,
  });
  const execution = {
    ...{ Id: text, Name: text, RoleArn: text, StartTime: text, RedriveCount: count },
    Input: { fact: input, maybe: false },
    RedriveTime: { ...text, maybe: true },
  };
  const object: Fact = {
    kind: 'object',
    fields: new Map(
      Object.entries({
        Execution: fields(execution),
        StateMachine: fields({ Id: text, Name: text }),
        State: fields({ EnteredTime: text, Name: text, RetryCount: count }),
        Task: fields({ Token: text }),
      }),
    ),
    base: unknown('the context object'),
  };
  return { kind: 'context', object };
}

/** What any Choice asks to be there counts as asked for wherever it is read. */
function collectGuards(value: unknown, reporter: Reporter): void {
  if (typeof value !== 'object' || value === null) return;
  const { Choices: choices } = value as StateJson;
  for (const rule of Array.isArray(choices) ? (choices as StateJson[]) : []) {
    for (const path of presenceAsked(rule)) reporter.guarded.add(path);
    const { Condition: condition } = rule;
    const expression = typeof condition === 'string' ? expressionIn(condition) : undefined;
    if (expression === undefined) continue;
    try {
      for (const path of askedFor(parseJsonata(expression))) reporter.guarded.add(path);
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error;
    }
  }
  for (const child of Object.values(value)) collectGuards(child, reporter);
}
