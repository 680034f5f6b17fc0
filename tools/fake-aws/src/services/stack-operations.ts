import type { Account, ChangeSet, StackState } from '../content.ts';
import { referred, resolved, resourcesIn } from './resolve.ts';

/** Makes of a stack what its change set says, at once; a failing one is rolled back as it is on AWS. */
export function carryOut(
  account: Account,
  stack: StackState,
  changeSet: Pick<ChangeSet, 'type' | 'template' | 'tags'>,
): void {
  const isNew = changeSet.type === 'CREATE';
  const verb = isNew ? 'CREATE' : 'UPDATE';
  record(stack, `${verb}_IN_PROGRESS`, 'User Initiated');
  if (account.failing.has(stack.name)) {
    const [logicalId = 'Resource'] = Object.keys(resourcesIn(changeSet.template));
    record(stack, `${verb}_FAILED`, 'The double was told to fail', logicalId);
    stack.status = isNew ? 'ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE';
    if (isNew) stack.template = changeSet.template;
  } else {
    takeAway(account, stack);
    stack.status = `${verb}_COMPLETE`;
    stack.template = changeSet.template;
    stack.tags = changeSet.tags;
    putThere(account, stack);
  }
  stack.changeSets.clear();
  record(stack, stack.status);
}

/** Of what is in a stack, the double has parameters and state machines. */
function putThere(account: Account, stack: StackState): void {
  for (const [logicalId, { Type, Properties }] of Object.entries(resourcesIn(stack.template))) {
    const of = (name: string) => resolved(Properties?.[name], stack, account);
    if (Type === 'AWS::SSM::Parameter')
      account.parameters.set(String(of('Name')), String(of('Value')));
    if (Type === 'AWS::StepFunctions::StateMachine') {
      account.definitions.set(referred(logicalId, stack, account), String(of('DefinitionString')));
    }
  }
}

/** Takes out of the account what the stack has put there. */
export function takeAway(account: Account, stack: StackState): void {
  for (const [logicalId, { Type, Properties }] of Object.entries(resourcesIn(stack.template))) {
    if (Type === 'AWS::SSM::Parameter') {
      account.parameters.delete(String(resolved(Properties?.['Name'], stack, account)));
    }
    if (Type === 'AWS::StepFunctions::StateMachine') {
      account.definitions.delete(referred(logicalId, stack, account));
    }
  }
}

/** Adds an event of the stack itself, or of one of its resources. */
export function record(
  stack: StackState,
  status: string,
  reason?: string,
  logicalId: string = stack.name,
): void {
  const type = logicalId === stack.name ? 'AWS::CloudFormation::Stack' : 'AWS::SSM::Parameter';
  stack.events.push({
    id: `event-${stack.events.length + 1}`,
    ...{ logicalId, type, status, at: new Date() },
    ...(reason === undefined ? {} : { reason }),
  });
}
