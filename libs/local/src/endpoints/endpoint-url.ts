import { LocalError } from '../errors.ts';

/** Where a service really answers. */
export interface Endpoint {
  /** Without credentials. */
  readonly url: URL;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
/** Keys of users and of sessions of a real account. */
const REAL_KEY = /^A[KS]IA[A-Z0-9]{16}$/;

/**
 * Reads an endpoint. The keys of a local server that asks for some stand before its host; any other
 * gets dummies, and nothing is ever looked up on this machine.
 * @param service for messages; `*` is every other one
 * @throws LocalError ENDPOINT_INVALID
 */
export function readEndpoint(service: string, text: string, allowRemote: boolean): Endpoint {
  const name = service === '*' ? 'the endpoint' : `the endpoint of ${service}`;
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw invalid(`${name}, ${JSON.stringify(text)}, is no URL like http://localhost:8000.`);
  }
  const { username, password } = url;
  url.username = url.password = '';
  if (REAL_KEY.test(username)) {
    throw invalid(`${name} has the key of a real AWS account before its host: leave it out.`);
  }
  if (!allowRemote && !LOOPBACK.test(url.hostname)) {
    throw invalid(
      `${name}, ${url.href}, is not on this machine. If calls shall really go there, say so a second time with --allow-remote-endpoint.`,
    );
  }
  const accessKeyId = decodeURIComponent(username) || 'test';
  return {
    url,
    credentials: { accessKeyId, secretAccessKey: decodeURIComponent(password) || 'test' },
  };
}

function invalid(message: string): LocalError {
  return new LocalError('ENDPOINT_INVALID', message);
}
