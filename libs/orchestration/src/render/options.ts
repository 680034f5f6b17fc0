import type { Debug } from '@harmony/artifact';
import type { StageEnvironment } from '../stage/environment.ts';

export interface RenderOptions {
  readonly debug: Debug;
  /** ARN of the state machine of a child, by its contract's name, in the stage that is rendered. */
  readonly stateMachineArn: (child: string) => string;
  /**
   * What configurations that refer to the stage are completed with. Without one they hold the
   * stand-ins that their contracts accepted.
   */
  readonly environment?: StageEnvironment;
}
