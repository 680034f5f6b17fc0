import { EvaluationScope } from '../core/scope.ts';
import { Fails, failure } from '../core/failure.ts';
import type { CompiledState, Thread, Transition } from '../core/port.ts';
import { compileFlow } from '../compile/compile-flow.ts';
import type { Flow } from '../compile/flow.ts';
import { objectsField, stringField, type CompileContext } from '../compile/context.ts';
import { compileChoiceRule } from '../expressions/choice.ts';
import type { CompiledChoiceRule } from '../expressions/types.ts';
import type { JsonObject } from '../json.ts';

interface Rule {
  readonly rule: CompiledChoiceRule;
  readonly flow: Flow;
  readonly to: Transition;
  readonly taken: (() => void) | undefined;
}

/**
 * Choice: the first rule that holds decides where to go, with its own Assign and Output; the
 * state's belong to Default.
 */
export function compileChoice(definition: JsonObject, context: CompileContext): CompiledState {
  const paths = {
    ...(definition['InputPath'] !== undefined && { InputPath: definition['InputPath'] }),
    ...(definition['OutputPath'] !== undefined && { OutputPath: definition['OutputPath'] }),
  };
  const rules: Rule[] = objectsField(definition, 'Choices').map((rule, index) => {
    const field = `Choices[${index}]`;
    const own: CompileContext = {
      ...context,
      where: (name) =>
        context.language === 'JSONata'
          ? context.where(`${field}/${name}`)
          : context.where(name, name === 'Assign' ? `${field}/${name}` : name),
    };
    return {
      rule: compileChoiceRule(rule, context.language, context.where(field)),
      flow: compileFlow(
        {
          ...paths,
          ...(rule['Assign'] !== undefined && { Assign: rule['Assign'] }),
          ...(rule['Output'] !== undefined && { Output: rule['Output'] }),
        },
        own,
      ),
      to: context.transition(stringField(rule, 'Next')),
      taken: context.place('rule', field),
    };
  });
  const flow = compileFlow(definition, context);
  const otherwise = stringField(definition, 'Default');
  const defaultTo = context.transition(otherwise);
  const defaultTaken = otherwise === undefined ? undefined : context.place('rule', 'Default');
  const take = (thread: Thread, { flow: ruleFlow, to, taken }: Rule): void => {
    taken?.();
    ruleFlow.passOn(thread, to);
  };

  const decide = (thread: Thread, scope: EvaluationScope): void => {
    for (const rule of rules) {
      if (rule.rule.test(scope)) {
        take(thread, rule);
        return;
      }
    }
    if (otherwise === undefined) {
      throw new Fails(
        failure(
          'States.Runtime',
          `An error occurred while executing the state '${context.name}' (entered at the event id #${thread.enteredId}). Failed to transition out of the state. The state does not point to a next state.`,
        ),
      );
    }
    defaultTaken?.();
    flow.passOn(thread, defaultTo);
  };

  return {
    name: context.name,
    enteredEvent: 'ChoiceStateEntered',
    exitedEvent: 'ChoiceStateExited',
    retryAndCatch: undefined,
    retryable: false,
    enter: (thread) => decide(thread, new EvaluationScope(thread, flow.view(thread))),
    retry: (thread) => thread.reenter(),
    redrive: (thread) => thread.reenter(),
  };
}
