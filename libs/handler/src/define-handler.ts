import { Logger } from '@aws-lambda-powertools/logger';
import { logKeys } from './log-keys.ts';
import { enteredTime, readTaskEvent } from './task-event.ts';

export type { TaskEvent } from './task-event.ts';

export interface HandlerArguments<Input> {
  input: Input;
  /** When the state was entered, from the context object. Handlers never read the clock. */
  now: Date;
  /** Bears the keys of LogKeys on every line. */
  logger: Logger;
}

/** The parts of Lambda's context object that end up on a log line. */
export interface LambdaContext {
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  awsRequestId: string;
}

/** What Lambda calls. */
export type Handler<Result> = (event: unknown, lambda?: LambdaContext) => Promise<Result>;

/** Anything that turns unknown input into checked input or throws; a contract is one. */
export interface InputParser<Input> {
  parse(input: unknown): Input;
}

export interface HandlerOptions<Input> {
  contract: InputParser<Input>;
}

type Compute<Input, Result> = (args: HandlerArguments<Input>) => Result | Promise<Result>;

/**
 * A Lambda handler for one Task of a child workflow.
 *
 * `defineHandler({ contract }, compute)` checks the state's input with the contract first.
 * `defineHandler<Input>(compute)` trusts it: a later state's input was composed by the child's own
 * definition from checked input and an AWS answer. That form imports no schema library, so its
 * bundle stays small and starts fast.
 *
 * The handler rejects with what `compute` throws, after logging it; the error's `name` becomes the
 * Task's error name. Bad input is `ContractViolation`.
 */
export function defineHandler<Input, Result>(
  options: HandlerOptions<Input>,
  compute: Compute<Input, Result>,
): Handler<Result>;
export function defineHandler<Input, Result>(compute: Compute<Input, Result>): Handler<Result>;
export function defineHandler<Input, Result>(
  ...definition: [HandlerOptions<Input>, Compute<Input, Result>] | [Compute<Input, Result>]
): Handler<Result> {
  const [options, compute] = definition.length === 2 ? definition : [undefined, definition[0]];
  // One logger per execution environment: making it reads the environment and is not free.
  const logger = new Logger({ serviceName: serviceName() });
  return async (event, lambda) => {
    // Before anything else, also before the event is known to be good: a warm environment must
    // not show the keys of its last invocation.
    logger.resetKeys();
    if (lambda !== undefined) logger.addContext(lambda as Parameters<Logger['addContext']>[0]);
    try {
      const task = readTaskEvent(event);
      logger.appendKeys({ ...logKeys(task) });
      const now = enteredTime(task);
      const input =
        options === undefined ? (task.input as Input) : options.contract.parse(task.input);
      const result = await compute({ input, now, logger });
      logger.info('done');
      return result;
    } catch (error) {
      logger.error('failed', error as Error);
      throw error;
    }
  };
}

function serviceName(): string {
  return process.env.POWERTOOLS_SERVICE_NAME ?? process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'harmony';
}
