/** Thrown by an integration for a call that only a mock can answer; the message says why. */
export class NotRunHere extends Error {
  override readonly name = 'NotRunHere';
}
