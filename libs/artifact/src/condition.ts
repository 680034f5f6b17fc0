/**
 * A condition of the orchestration's author, as *Check debug* assigns it. The text is kept as it is:
 * line breaks may stand in its strings. `= true` makes undefined, a field that is not there,
 * false.
 */
export function conditionValue(text: string): string {
  return `{% $boolean($states.input.payload.(\n${text}\n)) = true %}`;
}

const CONDITION = /^\{% \$boolean\(\$states\.input\.payload\.\(\n(.*)\n\)\) = true %\}$/s;

/** The author's text in what `conditionValue` wrote; undefined in anything else. */
export function conditionText(value: unknown): string | undefined {
  return typeof value === 'string' ? CONDITION.exec(value)?.[1] : undefined;
}
