import type { LambdaFunction } from '@harmony/assembly';
import { TaskFailure } from '@harmony/engine';
import type { FoundFunction } from './integration.ts';
import { NotRunHere } from './not-run-here.ts';

const LATEST = '$LATEST';
/** The version that an alias leads to: an assembly has one of each function. */
const PUBLISHED = '1';

/** `NAME`, an ARN, or the middle of one, each with a qualifier or without. */
const REFERENCE = /^(?:(?:arn:[^:]+:lambda:[^:]*:)?\d*:?function:)?([^:]+)(?::([^:]+))?$/;

/** The functions of a stage, found as Lambda's API finds them. */
export class FunctionDirectory {
  readonly #byName: ReadonlyMap<string, LambdaFunction>;

  constructor(functions: readonly LambdaFunction[]) {
    this.#byName = new Map(functions.map((fn) => [fn.name, fn]));
  }

  /** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, "FunctionName". */
  find(reference: string, qualifier?: string): FoundFunction {
    const [, name = reference, own] = REFERENCE.exec(reference) ?? [];
    const asked = qualifier ?? own ?? LATEST;
    const fn = this.#byName.get(name);
    if (fn === undefined) throw new NotRunHere(`there is no function ${reference} here to be run`);
    if (asked === LATEST) return { fn, version: LATEST };
    if (fn.qualifiers.includes(asked)) return { fn, version: PUBLISHED };
    const missing = qualifier === undefined ? reference : `${reference}:${qualifier}`;
    // What Step Functions gives when Invoke answers 404.
    throw new TaskFailure(
      'Lambda.ResourceNotFoundException',
      `Function not found: ${missing} (Service: Lambda, Status Code: 404)`,
    );
  }
}
