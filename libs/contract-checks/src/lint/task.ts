import { type CallModel, readResource } from '@harmony/aws-calls';
import type { JsonSchema } from '@harmony/schema';
import { type Fact, object, unknown } from './fact.ts';
import type { StateVisit } from './flow.ts';
import { readField } from './read.ts';

/**
 * What a Task answers: what AWS's model says of its call; *Check input* the contract's output form.
 * Of a function's own answer nothing is declared.
 */
export function resultOfTask(visit: StateVisit, input: Fact, model: CallModel | undefined): Fact {
  const { state, name, flow } = visit;
  const resource = String(state['Resource']);
  const service = resource.split(':::').at(-1) ?? resource;
  const answer = unknown(`the answer of ${name} (${service}), which no contract declares`);
  const call = readResource(resource);
  if (call?.service !== 'lambda' || call.integration !== 'optimised' || call.isDirect === true) {
    flow.reporter.usage.consume(input);
    return declaredAnswer(model, `the answer of ${name} (${service})`) ?? answer;
  }
  const payload = readField(input, 'Payload');
  const envelope =
    declaredAnswer(model, `the envelope of ${name} (${service})`) ??
    unknown(`the envelope of lambda:invoke`);
  if (isCheckInput(state)) return object({ Payload: flow.checked }, envelope);
  flow.reporter.usage.consume(payload.kind === 'found' ? payload.fact : input);
  if (call.waits === 'waitForTaskToken') return answer;
  return object({ Payload: answer }, envelope);
}

function declaredAnswer(model: CallModel | undefined, path: string): Fact | undefined {
  if (model?.kind !== 'known' || model.output === undefined) return undefined;
  const schema = model.output as JsonSchema;
  const absentAtTimes = new Set(model.absentAtTimes.map((member) => `${path}.${member}`));
  return { kind: 'declared', schema, root: schema, path, absentAtTimes };
}

/** The handler *Check input*, as a definition names it: `${CheckInput}`, or its ARN once deployed. */
function isCheckInput(state: StateVisit['state']): boolean {
  const parameters = (state['Arguments'] ?? state['Parameters']) as
    { readonly FunctionName?: unknown } | undefined;
  const name = String(parameters?.FunctionName ?? '');
  return name === '${CheckInput}' || /[:-]check-input(:[^:]*)?$/.test(name);
}
