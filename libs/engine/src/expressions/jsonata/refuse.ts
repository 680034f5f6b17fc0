import { fail } from './evaluator/failure.ts';

/**
 * Fails an evaluation with one of jsonata's codes.
 * @param message what the cause quotes, where the code has no wording of its own (D3137)
 * @param fields what the code's own wording names: `index`, `token`, `type`, `value`
 */
export function refuse(code: string, message: string, fields: object = {}): never {
  return fail(code, { message, ...fields });
}
