import type { TaskRequest } from '@harmony/engine';
import { DEFAULT_CASE } from '../mocks/mocks.ts';
import type { MockAnswer, Mocks } from '../mocks/mocks.ts';

/** The error name of a Task that no mock answers. */
export const NO_MOCK = 'Harmony.NoMock';

/** Says which state has no answer, and where to add one. */
export function noMockMessage(
  request: Pick<TaskRequest, 'stateName' | 'resource'>,
  machineName: string,
  mocks: Mocks | undefined,
  answer: Exclude<MockAnswer, { kind: 'response' }>,
): string {
  const state = JSON.stringify(request.stateName);
  const what = `The state ${state} of ${machineName} (${request.resource})`;
  if (mocks?.file === undefined) {
    return `${what} calls a service and has no mocked answer: ${machineName} names no mock configuration in the assembly. Give it a mocks.json and synthesise again.`;
  }
  const caseName = mocks.caseName ?? DEFAULT_CASE;
  const place = `StateMachines[${JSON.stringify(mocks.key)}].TestCases.${caseName}[${state}]`;
  if (answer.kind === 'none') {
    return `${what} calls a service and has no mocked answer. Add it to ${mocks.file} at ${place}.`;
  }
  const answered = answer.answered === 1 ? 'only one call' : `only ${answer.answered} calls`;
  return `${what} is called once more than mocked: the answer at ${place} in ${mocks.file} is for ${answered}. Add "${answer.call}" to that entry of MockedResponses.`;
}
