import type { TaskRequest } from '@harmony/engine';
import { DEFAULT_CASE } from '../mocks/mocks.ts';
import type { MockAnswer, Mocks } from '../mocks/mocks.ts';

/** The error name of a Task that no mock answers. */
export const NO_MOCK = 'Harmony.NoMock';

/** Says which state has no answer, and where to add one. */
export function noMockMessage(
  request: Pick<TaskRequest, 'stateName' | 'resource' | 'input'>,
  machineName: string,
  mocks: Mocks | undefined,
  answer: Exclude<MockAnswer, { kind: 'response' }> & { readonly reason?: string | undefined },
): string {
  const state = JSON.stringify(request.stateName);
  const what = `The state ${state} of ${machineName} (${request.resource})`;
  const lacks =
    answer.reason === undefined
      ? 'calls a service and has no mocked answer'
      : `has no mocked answer, and ${answer.reason}`;
  if (mocks?.file === undefined) {
    return `${what} ${lacks}: ${machineName} names no mock configuration. Give one with --mocks-file FILE; \`harmony mocks init\` writes it.`;
  }
  const caseName = mocks.caseName ?? DEFAULT_CASE;
  const place = `StateMachines[${JSON.stringify(mocks.key)}].TestCases.${caseName}[${state}]`;
  if (answer.kind === 'none') {
    return `${what} ${lacks}. Add it to ${mocks.file} at ${place}.`;
  }
  if (answer.kind === 'unmatched') {
    return `${what} has parameters that no answer of call ${answer.call} is for, at ${place} in ${mocks.file}: ${JSON.stringify(request.input)}. Add one to When, without Parameters for all others.`;
  }
  const answered = answer.answered === 1 ? 'only one call' : `only ${answer.answered} calls`;
  return `${what} is called once more than mocked: the answer at ${place} in ${mocks.file} is for ${answered}. Add "${answer.call}" to that entry of MockedResponses.`;
}
