import { pointerOf } from '../paths/pointer.ts';

/** What is wrong at one place of a schema. */
export interface SchemaIssue {
  /** JSON pointer into the schema; '' for its root. */
  readonly path: string;
  readonly message: string;
}

/** A schema that cannot be read, so that nothing can be said of it: with every place and reason. */
export class InvalidSchema extends Error {
  override name = 'InvalidSchema';
  readonly code = 'SCHEMA_INVALID';
  readonly issues: readonly SchemaIssue[];

  constructor(issues: readonly SchemaIssue[]) {
    super(issues.map(({ path, message }) => `${path || '(root)'}: ${message}`).join('; '));
    this.issues = issues;
  }

  static at(keys: readonly string[], message: string): InvalidSchema {
    return new InvalidSchema([{ path: pointerOf(keys), message }]);
  }
}
