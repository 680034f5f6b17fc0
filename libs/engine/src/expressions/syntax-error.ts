/** A text that is no expression of its language. Raised when a definition is compiled or validated. */
export class ExpressionSyntaxError extends Error {
  override readonly name = 'ExpressionSyntaxError';
  readonly code = 'EXPRESSION_SYNTAX';
  /** The whole expression as written. */
  readonly expression: string;
  /** Offset in `expression` where it stops making sense. */
  readonly position: number;

  constructor(expression: string, position: number, reason: string) {
    super(`'${expression}': ${reason}`);
    this.expression = expression;
    this.position = position;
  }
}
