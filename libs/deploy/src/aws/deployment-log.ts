import {
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { type DeploymentLog, parseDeploymentLog } from '../deployment-log.ts';

/** The parameter that says what was last deployed to a stage; SSM keeps its last hundred versions. */
function nameOf(stage: string): string {
  return `/harmony/${stage}/deployment`;
}

/** @throws DeployError `LOG_INVALID` */
export async function readLog(
  stage: string,
  region: string | undefined,
): Promise<DeploymentLog | undefined> {
  const client = new SSMClient(region === undefined ? {} : { region });
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: nameOf(stage) }));
    return parseDeploymentLog(Parameter?.Value ?? '', nameOf(stage));
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}

export async function writeLog(
  stage: string,
  region: string | undefined,
  log: DeploymentLog,
): Promise<void> {
  const client = new SSMClient(region === undefined ? {} : { region });
  await client.send(
    new PutParameterCommand({
      ...{ Name: nameOf(stage), Type: 'String', Overwrite: true, Value: JSON.stringify(log) },
      Description: 'What harmony deploy last did to this stage.',
    }),
  );
}
