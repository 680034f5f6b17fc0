import { Orchestrator, type StackBuilder } from '@harmony/constructs';
import { accountReview } from '../orchestrations/account-review.ts';

export const stack: StackBuilder = (scope, stage) =>
  new Orchestrator(scope, 'Orchestrator', { stage, orchestration: accountReview });
