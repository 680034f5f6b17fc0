import type { AwsModels } from '@harmony/aws-calls';
import type { ContractDocument } from '@harmony/contract';
import { collectGuards } from './choice-guards.ts';
import { type Fact, type Field, scalar, unknown } from './fact.ts';
import type { StateJson } from './flow.ts';
import { runFlow } from './machine.ts';
import { type LintFinding, type NotChecked, Reporter, type Untraced } from './reporter.ts';

export interface LintReport {
  readonly findings: readonly LintFinding[];
  /** References that nothing declares the type of: said, not passed over. */
  readonly untraced: readonly Untraced[];
  /** Calls of which no model is there: said, not passed over. */
  readonly notChecked: readonly NotChecked[];
}

/**
 * Holds every reference of a state machine that can be traced to its execution input against the
 * contract, and to a call's answer against AWS's model of it: the field is declared, and its type
 * fits its use. Each call is held to its model too.
 *
 * What *Check input* answers is the contract's output form. What a function answers is declared by
 * nothing: it is listed as untraced.
 * @param contract undefined for a state machine that is no child
 * @param models undefined to ask nothing of calls
 */
export function lintDefinition(
  definition: unknown,
  contract: ContractDocument | undefined,
  models?: AwsModels,
): LintReport {
  const executionInput = (applied: boolean) =>
    contract === undefined ? unknown('the execution input') : inputFact(contract, applied);
  const reporter = follow(definition, executionInput(false), executionInput(true), models);
  for (const path of contract === undefined ? [] : reporter.usage.unused(contract)) {
    const message = `is declared by the contract ${contract?.name}, but no state reads it`;
    reporter.problem('warning', 'FIELD_UNUSED', path, message);
  }
  return {
    findings: [...reporter.findings.values()],
    untraced: [...reporter.untraced.values()],
    notChecked: [...reporter.unchecked.values()],
  };
}

/**
 * Follows what reaches each state, and what each reads of it.
 * @param raw the execution input
 * @param checked what *Check input* answers
 */
export function follow(
  definition: unknown,
  raw: Fact,
  checked: Fact,
  models?: AwsModels,
): Reporter {
  const reporter = new Reporter();
  const machine = definition as StateJson;
  collectGuards(machine, reporter);
  reporter.active = true;
  const flow = {
    value: machine,
    pointer: '',
    language: machine['QueryLanguage'] === 'JSONata' ? ('JSONata' as const) : ('JSONPath' as const),
    context: contextFact(raw),
    reporter,
    checked,
    models,
    run: runFlow,
  };
  runFlow(flow, raw, new Map());
  return reporter;
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
