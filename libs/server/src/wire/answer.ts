/** A result as AWS JSON 1.0 writes it: times in seconds since the epoch, nothing undefined. */
export function toWire(result: object): string {
  return JSON.stringify(result, function (this: Record<string, unknown>, key, value) {
    // JSON.stringify has made text of a Date before it asks.
    const written = this[key];
    return written instanceof Date ? written.getTime() / 1000 : (value as unknown);
  });
}
