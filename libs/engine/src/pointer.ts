/** A JSON Pointer (RFC 6901) one step below another. */
export function below(pointer: string, ...steps: (string | number)[]): string {
  return (
    pointer +
    steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  );
}

/** The steps of a JSON Pointer. */
export function pointerSteps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
