import { SharedResources, type StackBuilder } from '@harmony/constructs';
import { shared } from '../shared.ts';

export const stack: StackBuilder = (scope, stage) =>
  new SharedResources(scope, 'Shared', { stage, shared });
