import { pageOf, type Service, ServiceError } from '../service.ts';

/** Step Functions: executions in flight, and the definitions of state machines. */
export const stepFunctions: Service = (account, action, call) => {
  const { executions, definitions } = account;
  const ofExecution = () => {
    const found = executions.find((each) => each.executionArn === call['executionArn']);
    if (found) return found;
    throw new ServiceError(
      'ExecutionDoesNotExist',
      `Execution Does Not Exist: '${String(call['executionArn'])}'`,
    );
  };
  switch (action) {
    case 'ListExecutions': {
      const running = executions.map((each) => ({ ...each, status: 'RUNNING' }));
      const ended = Array.from(account.histories, ([executionArn, { stateMachineArn }]) => ({
        ...{ executionArn, stateMachineArn, status: 'SUCCEEDED' },
      }));
      const all = [...running, ...ended].filter(
        ({ stateMachineArn, status }) =>
          stateMachineArn === call['stateMachineArn'] &&
          [undefined, status].includes(call['statusFilter'] as string | undefined),
      );
      const { items, next } = pageOf(all, call['nextToken'], 1);
      return {
        executions: items.map(({ executionArn, stateMachineArn, status }) => ({
          ...{ executionArn, stateMachineArn, name: executionArn.split(':').at(-1) },
          ...{ status, startDate: 1 },
        })),
        ...(next === undefined ? {} : { nextToken: next }),
      };
    }
    case 'DescribeExecution': {
      const { executionArn, stateMachineArn, input } = ofExecution();
      return { executionArn, stateMachineArn, input, status: 'RUNNING', startDate: 1 };
    }
    case 'DescribeStateMachineForExecution': {
      const { stateMachineArn, definition } = ofExecution();
      return { stateMachineArn, definition, name: 'x', roleArn: 'arn', updateDate: 1 };
    }
    case 'DescribeStateMachine': {
      const stateMachineArn = String(call['stateMachineArn']);
      const definition = definitions.get(stateMachineArn);
      if (definition === undefined) {
        throw new ServiceError(
          'StateMachineDoesNotExist',
          `State Machine Does Not Exist: '${stateMachineArn}'`,
        );
      }
      return {
        ...{ stateMachineArn, definition, name: 'x', status: 'ACTIVE' },
        ...{ roleArn: 'arn', type: 'STANDARD', creationDate: 1 },
      };
    }
    case 'GetExecutionHistory': {
      const executionArn = String(call['executionArn']);
      const found = account.histories.get(executionArn);
      if (found === undefined) {
        throw new ServiceError(
          'ExecutionDoesNotExist',
          `Execution Does Not Exist: '${executionArn}'`,
        );
      }
      const { items: events, next } = pageOf(found.events, call['nextToken'], 4);
      return { events, ...(next === undefined ? {} : { nextToken: next }) };
    }
    case 'StopExecution': {
      const stopped = ofExecution();
      executions.splice(executions.indexOf(stopped), 1);
      return { stopDate: 1 };
    }
    default:
      return undefined;
  }
};
