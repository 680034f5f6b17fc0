import { awsModels, readResource, smallestOf } from '@harmony/aws-calls';

/**
 * The smallest answer that a Task's call gives, as a start for a mock; undefined where no installed
 * client describes it, and where whoever answers decides its form (a task token, a function by its ARN).
 * @param resource of the Task
 * @param folders absolute: clients that are installed there or above describe their services
 */
export function smallestAnswer(resource: string, folders: readonly string[]): unknown {
  const call = readResource(resource);
  if (call === undefined || call.isDirect === true) return undefined;
  const model = awsModels(...folders).of(call);
  return model.kind === 'known' && model.output !== undefined
    ? smallestOf(model.output)
    : undefined;
}
