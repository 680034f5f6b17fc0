import type { CliCommand } from '../command.ts';
import { budget } from './budget/command.ts';
import { canDeploy } from './can-deploy/command.ts';
import { contracts } from './contracts/command.ts';
import { coverage } from './coverage/command.ts';
import { deploy } from './deploy/command.ts';
import { deployPlan } from './deploy-plan/command.ts';
import { destroy } from './destroy/command.ts';
import { dev } from './dev/command.ts';
import { mocks } from './mocks/command.ts';
import { replay } from './replay/command.ts';
import { run } from './run/command.ts';
import { runs } from './runs/command.ts';
import { show } from './show/command.ts';
import { testState } from './test-state/command.ts';
import { validate } from './validate/command.ts';

/** In the order of `harmony --help`. */
export const commands: readonly CliCommand[] = [
  run,
  runs,
  show,
  dev,
  budget,
  contracts,
  validate,
  testState,
  coverage,
  mocks,
  replay,
  deployPlan,
  canDeploy,
  deploy,
  destroy,
];
