import { type AwsCall, type CallModel, canGive } from '@harmony/aws-calls';
import { isObject } from '@harmony/schema';
import type { StateVisit } from './flow.ts';
import { below } from './scope.ts';

/** Warns of errors that Retry or Catch wait for and the call cannot give. */
export function checkErrors(
  { state, pointer, flow }: StateVisit,
  call: AwsCall,
  model: Extract<CallModel, { kind: 'known' }>,
): void {
  for (const field of ['Retry', 'Catch'] as const) {
    const entries: unknown = state[field];
    if (!Array.isArray(entries)) continue;
    for (const [index, entry] of (entries as unknown[]).entries()) {
      const errors: unknown = isObject(entry) ? entry['ErrorEquals'] : undefined;
      if (!Array.isArray(errors)) continue;
      for (const [number, error] of (errors as unknown[]).entries()) {
        if (typeof error !== 'string' || error.includes('${')) continue;
        const verdict = canGive(error, call, model);
        if (verdict.can) continue;
        const near = verdict.near === undefined ? '' : `: did you mean ${verdict.near}?`;
        flow.reporter.problem(
          'warning',
          'ERROR_UNKNOWN',
          below(pointer, field, index, 'ErrorEquals', number),
          `${call.service}:${call.action} cannot give the error ${error}${near}`,
        );
      }
    }
  }
}
