import { arrayFunctions } from './arrays.ts';
import { encodingFunctions } from './encoding.ts';
import { format } from './format.ts';
import type { IntrinsicFunction } from './function.ts';
import { jsonFunctions } from './json.ts';
import { mathFunctions } from './math.ts';
import { stringFunctions } from './strings.ts';

/** All intrinsic functions by name (Step Functions Developer Guide, "Intrinsic functions"). */
export const intrinsicFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  ...arrayFunctions,
  ...encodingFunctions,
  ...jsonFunctions,
  ...mathFunctions,
  ...stringFunctions,
  'States.Format': format,
};
