import type { Integration } from './integration.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaInvoke } from './lambda-invoke.ts';

/** What runs for real; everything else is answered by mocks. */
export const integrations: readonly Integration[] = [lambdaInvoke, lambdaFunction];
