import { checkInput } from '@harmony/handler';
import { tagCompliance } from '@harmony/tag-compliance-contract';

export const handler = checkInput(tagCompliance);
