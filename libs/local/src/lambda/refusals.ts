/**
 * What a handler in a local run is kept from, beside what Node's permissions keep from it, and how it
 * is told so. Part of the handler's process.
 */
import { BlockList, isIP, Socket } from 'node:net';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { keepTemporaryFilesIn } from './temporary-files.ts';

/** Lambda's own user, whose home holds nothing. */
const USER = 'sbx_user1051';
const HOME = `/home/${USER}`;

/** Names under which AWS answers; what a local run needs of AWS is mocked. */
const AWS_HOST =
  /(?:^|\.)(?:amazonaws\.com(?:\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn)\.?$/i;
/** Where instances and containers get credentials: 169.254.169.254, 169.254.170.2, fd00:ec2::254. */
const METADATA = new BlockList();
METADATA.addSubnet('169.254.0.0', 16);
METADATA.addSubnet('fd00:ec2::', 32, 'ipv6');

const HOW = 'let the state machine call the service and mock that Task, or hand the value in';

/**
 * Refuses what a laptop offers and Lambda does not: a person's home, and AWS itself.
 * @param temporary absolute folder that stands for `/tmp`
 * @param code absolute folder of the function
 */
export function refuseTheMachine(temporary: string, code: string): void {
  keepTemporaryFilesIn(temporary, code);
  os.homedir = () => HOME;
  const userInfo = os.userInfo as () => os.UserInfo<string>;
  os.userInfo = (() => ({ ...userInfo(), username: USER, homedir: HOME })) as typeof os.userInfo;
  const kill = process.kill.bind(process);
  process.kill = (pid, signal) => {
    if (pid !== process.pid) throw refusal(`process.kill(${pid})`, 'ends its own process only');
    return kill(pid, signal);
  };
  refuseAws();
  // Named imports of built-in modules see it, too.
  syncBuiltinESMExports();
}

function refuseAws(): void {
  const connect = Socket.prototype.connect as (this: Socket, ...args: unknown[]) => Socket;
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
    const host = hostOf(args);
    // A name may stand for such an address.
    this.on('lookup', (_error, address) => {
      if (isRefused(String(address))) this.destroy(awsRefusal(String(address)));
    });
    if (host === undefined || !isRefused(host)) return connect.apply(this, args);
    queueMicrotask(() => this.destroy(awsRefusal(host)));
    return this;
  } as typeof Socket.prototype.connect;
}

/** `connect(options)`, `connect(port, host)`, or Node's own normalised list of either. */
function hostOf(args: readonly unknown[]): string | undefined {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first === 'object' && first !== null) {
    const { host } = first as { host?: unknown };
    return typeof host === 'string' ? host : undefined;
  }
  return typeof second === 'string' ? second : undefined;
}

function isRefused(host: string): boolean {
  const bare = host.replace(/^\[|\]$|%.*$/g, '');
  const version = isIP(bare);
  if (version === 0) return AWS_HOST.test(bare);
  // However it is written, an IPv4 address in IPv6 among it.
  return METADATA.check(bare, version === 6 ? 'ipv6' : 'ipv4');
}

function awsRefusal(host: string): Error {
  return refusal(`a connection to ${host}`, `calls no AWS: ${HOW}`);
}

function refusal(what: string, rule: string): Error {
  const error = new Error(`${what} is refused: in a local run a handler ${rule}.`);
  error.name = 'Harmony.Refused';
  return Object.assign(error, { code: 'ERR_HARMONY_REFUSED' });
}

/** Adds to an error that comes of a refusal what the refusal is; the SDK and Node do not say. */
export function explainRefusal(error: Error): string {
  const { message } = error;
  const { code, resource } = error as { code?: unknown; resource?: unknown };
  if (code === 'ERR_ACCESS_DENIED') {
    const what = typeof resource === 'string' && resource !== '' ? ` (${resource})` : '';
    return `${message}${what} In a local run a handler reaches its own code, the system's files and a /tmp of its own, nothing else of this machine, and starts no other process.`;
  }
  if (error.name === 'CredentialsProviderError') {
    return `${message}. In a local run a handler gets no AWS credentials: ${HOW}.`;
  }
  return message;
}
