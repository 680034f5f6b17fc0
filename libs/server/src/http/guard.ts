/**
 * Whether a request may come in: from a program on this machine, or from this server's own page. A
 * web page elsewhere can make a browser send requests here, under its own origin, or, by a name that
 * it lets resolve to this machine (DNS rebinding), under a foreign host.
 * @param allowed further host names, those that the user bound the server to
 * @returns why not, or undefined
 */
export function refusal(
  headers: { readonly host: string | undefined; readonly origin: string | undefined },
  allowed: readonly string[],
): string | undefined {
  const host = hostName(headers.host ?? '');
  if (host === undefined || !(isLoopback(host) || allowed.includes(host))) {
    return `Requests for the host ${JSON.stringify(headers.host ?? '')} are refused.`;
  }
  if (headers.origin === undefined || headers.origin === `http://${headers.host}`) return undefined;
  return `Requests from pages of ${JSON.stringify(headers.origin)} are refused.`;
}

function hostName(host: string): string | undefined {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return undefined;
  }
}

/** The SDKs put `sync-` before the host for StartSyncExecution and TestState. */
function isLoopback(host: string): boolean {
  return /^(?:sync-)?(?:localhost|127(?:\.\d{1,3}){3})$|^\[::1\]$|\.localhost$/.test(host);
}
