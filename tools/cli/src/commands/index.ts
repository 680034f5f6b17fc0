import type { CliCommand } from '../command.ts';
import { budget } from './budget.ts';
import { canDeploy } from './can-deploy.ts';
import { contracts } from './contracts.ts';
import { deploy } from './deploy.ts';
import { deployPlan } from './deploy-plan.ts';
import { run } from './run.ts';
import { validate } from './validate.ts';

export const commands: readonly CliCommand[] = [
  run,
  budget,
  contracts,
  validate,
  deployPlan,
  canDeploy,
  deploy,
];
