/**
 * A definite path met a value that lacks what it names. The message is the reason in the words of
 * the JSONPath library that the service uses; the caller turns it into the error of its field.
 */
export class PathNotFound extends Error {
  override readonly name = 'PathNotFound';
}
