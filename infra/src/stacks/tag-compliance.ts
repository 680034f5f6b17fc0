import { TagCompliance } from '@harmony/tag-compliance';
import type { StackBuilder } from '@harmony/constructs';

export const stack: StackBuilder = (scope, stage) =>
  new TagCompliance(scope, 'Workflow', { stage });
