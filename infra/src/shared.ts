import { defineShared } from '@harmony/orchestration';

/** What the workflows of a stage share: the stack `shared` creates it, orchestrations name it. */
export const shared = defineShared({
  'billing-alerts': 'topic',
  'tag-compliance': 'bucket',
});
