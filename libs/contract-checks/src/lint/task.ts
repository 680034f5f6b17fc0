import { type Fact, object, unknown } from './fact.ts';
import { readField } from './read.ts';
import type { StateVisit } from './flow.ts';

const LAMBDA = /:states:::lambda:invoke(\.waitForTaskToken)?$/;

/** What a Task answers: the contract's output form from *Check input*; of others nothing is declared. */
export function resultOfTask(visit: StateVisit, input: Fact): Fact {
  const { state, name, flow } = visit;
  const resource = String(state['Resource']);
  const service = resource.split(':::').at(-1) ?? resource;
  const answer = unknown(`the answer of ${name} (${service}), which no contract declares`);
  if (!LAMBDA.test(resource)) {
    flow.reporter.usage.consume(input);
    return answer;
  }
  const payload = readField(input, 'Payload');
  if (isCheckInput(state)) {
    return object({ Payload: flow.checked }, unknown(`the envelope of lambda:invoke`));
  }
  flow.reporter.usage.consume(payload.kind === 'found' ? payload.fact : input);
  return object({ Payload: answer }, unknown('the envelope of lambda:invoke'));
}

/** The handler *Check input*, as a definition names it: `${CheckInput}`, or its ARN once deployed. */
function isCheckInput(state: StateVisit['state']): boolean {
  const parameters = (state['Arguments'] ?? state['Parameters']) as
    { readonly FunctionName?: unknown } | undefined;
  const name = String(parameters?.FunctionName ?? '');
  return name === '${CheckInput}' || /[:-]check-input(:[^:]*)?$/.test(name);
}
