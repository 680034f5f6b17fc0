let systems = 0;
let before: string | undefined;

/**
 * Lambda runs in UTC. A worker thread takes its time zone from the process, not from its own `env`,
 * at its start; so the process is in UTC while any local system exists, and then as it was.
 * @returns ends this system's claim
 */
export function holdUtc(): () => void {
  if (systems++ === 0) {
    before = process.env.TZ;
    process.env.TZ = 'UTC';
  }
  let released = false;
  return () => {
    if (released) return;
    released = true;
    if (--systems > 0) return;
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  };
}
