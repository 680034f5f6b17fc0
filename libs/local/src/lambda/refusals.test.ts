import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testFolder } from '../testing/functions.ts';
import type { TestFolder } from '../testing/functions.ts';
import { invoke, messageOf, typeOf } from '../testing/invoke.ts';

/** In the workspace, as an assembly is: the SDK is found above the code, the way Lambda brings it. */
const IN_WORKSPACE = join(import.meta.dirname, '..', '..', '.harmony');

const START_URL = 'https://example.awsapps.com/start';

let home: TestFolder;
const requests: { readonly url: string; readonly authorization: string | undefined }[] = [];
const server = createServer((request, response) => {
  requests.push({ url: request.url ?? '', authorization: request.headers.authorization });
  const away = new URL(request.url ?? '', 'http://localhost').searchParams.get('away');
  if (away !== null) response.writeHead(302, { location: away });
  else response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({ AccessKeyId: 'ASIAOFTHEDEVELOPER', SecretAccessKey: 's', Token: 't' }),
  );
});
let endpoint: string;

beforeAll(async () => {
  // What a developer's home holds for each link of the SDK's chain.
  home = await testFolder({}, IN_WORKSPACE);
  await mkdir(join(home.path, '.aws', 'sso', 'cache'), { recursive: true });
  const write = (path: string, text: string) => writeFile(join(home.path, '.aws', path), text);
  await write('credentials', '[default]\naws_access_key_id=AKIADEV\naws_secret_access_key=s\n');
  const process = `echo '{"Version":1,"AccessKeyId":"AKIADEV","SecretAccessKey":"s"}'`;
  await write('process', `[default]\ncredential_process = ${process}\n`);
  await write(
    'config-sso',
    `[default]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = dev\n[sso-session s]\nsso_region = us-east-1\nsso_start_url = ${START_URL}\n`,
  );
  await write('token', 'a web identity');
  const start = createHash('sha1').update(START_URL).digest('hex');
  const token = { accessToken: 't', expiresAt: '2999-01-01T00:00:00Z', startUrl: START_URL };
  await write(`sso/cache/${start}.json`, JSON.stringify({ ...token, region: 'us-east-1' }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await home[Symbol.asyncDispose]();
});

/** Calls AWS's own client, whose endpoint is ours: it sends nothing before it has credentials. */
const callsAws = (): string => `
  import { SSMClient, GetParameterCommand } from '@aws-sdk/client-ssm';
  export const handler = async () => {
    const client = new SSMClient({ endpoint: '${endpoint}', region: 'us-east-1', maxAttempts: 1 });
    return await client.send(new GetParameterCommand({ Name: 'x' }));
  };`;

describe('a handler that calls AWS with the SDK', () => {
  it.each<[string, (aws: string) => Record<string, string>]>([
    ['the home of the password file', () => ({})],
    ['HOME', (aws) => ({ HOME: dirname(aws) })],
    ['a shared file', (aws) => ({ AWS_SHARED_CREDENTIALS_FILE: join(aws, 'credentials') })],
    ['keys of its own', () => ({ AWS_ACCESS_KEY_ID: 'AKIADEV', AWS_SECRET_ACCESS_KEY: 's' })],
    ['a credential process', (aws) => ({ AWS_CONFIG_FILE: join(aws, 'process') })],
    ['single sign-on', (aws) => ({ AWS_CONFIG_FILE: join(aws, 'config-sso') })],
    [
      'a web identity',
      (aws) => ({
        AWS_WEB_IDENTITY_TOKEN_FILE: join(aws, 'token'),
        AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/dev',
      }),
    ],
    ['a container', () => ({ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/dev' })],
    ['an instance', () => ({ AWS_EC2_METADATA_DISABLED: 'false' })],
  ])('gets no credentials from %s, and is told so', async (_way, environment) => {
    requests.length = 0;
    const { results } = await invoke(callsAws(), [{}], {
      parent: IN_WORKSPACE,
      environment: environment(join(home.path, '.aws')),
    });
    expect(requests).toEqual([]);
    expect(String(messageOf(results[0]))).toMatch(
      /In a local run a handler (?:gets no AWS credentials|reaches its own code)|in a local run a handler calls no AWS/,
    );
  });

  it('gets no token from the cache of single sign-on alone', async () => {
    const profile = `{ ssoStartUrl: '${START_URL}', ssoAccountId: '123456789012', ssoRegion: 'us-east-1', ssoRoleName: 'dev' }`;
    const { results } = await invoke(
      `
      import { fromSSO } from '@aws-sdk/credential-provider-sso';
      export const handler = () => fromSSO(${profile})();`,
      [{}],
      { parent: IN_WORKSPACE, environment: { HOME: home.path } },
    );
    // With the token it would have gone on to call AWS.
    expect(typeOf(results[0])).toBe('CredentialsProviderError');
    expect(messageOf(results[0])).toContain('a handler gets no AWS credentials');
  });

  it('reaches what is not AWS with credentials that the handler names itself', async () => {
    requests.length = 0;
    const source = callsAws().replace(
      "region: 'us-east-1',",
      "region: 'us-east-1', credentials: { accessKeyId: 'DUMMY', secretAccessKey: 's' },",
    );
    const { results } = await invoke(source, [{}], { parent: IN_WORKSPACE });
    expect(typeOf(results[0])).toBeUndefined();
    expect(requests[0]?.authorization).toContain('Credential=DUMMY/');
  });
});

const ownHome = userInfo().homedir;

describe('a handler that goes around the SDK', () => {
  it('finds Lambda’s home, by each way to ask for it', async () => {
    const { results } = await invoke(`
      import os, { homedir } from 'node:os';
      export const handler = () => [os.homedir(), homedir(), os.userInfo().homedir];`);
    expect(results).toEqual([Array(3).fill('/home/sbx_user1051')]);
  });

  it.each([
    ['the home', join(ownHome, '.aws', 'credentials')],
    ['the workspace', join(import.meta.dirname, '..', '..', '..', '..', 'package.json')],
    ['the environment of the host', `/proc/${process.pid}/environ`],
    ['the root of its own process', `/proc/self/root${ownHome}/.profile`],
  ])('does not read %s', async (_what, path) => {
    const { results } = await invoke(`
      import { readFileSync } from 'node:fs';
      export const handler = () => readFileSync(${JSON.stringify(path)}, 'utf8').length;`);
    expect(messageOf(results[0])).toContain(
      `(${path}) In a local run a handler reaches its own code`,
    );
  });

  it.each([
    ['an instance’s metadata', 'http://169.254.169.254/latest/meta-data/'],
    ['a container’s credentials', 'http://169.254.170.2/v2/credentials'],
    ['metadata over IPv6', 'http://[fd00:ec2::254]/latest/'],
    ['its IPv4 address in IPv6', 'http://[::ffff:169.254.169.254]/latest/'],
    ['its address as one number', 'http://2852039166/latest/'],
    ['a service of AWS', 'https://sts.us-east-1.amazonaws.com/'],
    ['a dual-stack name', 'https://s3.us-east-1.api.aws/'],
  ])('does not connect to %s', async (_what, url) => {
    const { results } = await invoke(
      `
      import http from 'node:http';
      import https from 'node:https';
      const get = (url) => new Promise((resolve, reject) => {
        (url.startsWith('https') ? https : http).get(url, resolve).on('error', reject);
      });
      export const handler = async ({ url }) => {
        const errors = [];
        await get(url).catch((error) => errors.push(error.message));
        await fetch(url).catch((error) => errors.push(error.cause.message));
        return errors;
      };`,
      [{ url }],
    );
    const refused = expect.stringContaining('is refused: in a local run a handler calls no AWS');
    expect(results).toEqual([[refused, refused]]);
  });

  it.each(['http://169.254.169.254/latest/', 'https://sts.amazonaws.com/'])(
    'is not led to them by a redirection: %s',
    async (away) => {
      requests.length = 0;
      const { results } = await invoke(
        `export const handler = ({ url }) => fetch(url).catch((error) => error.cause.message);`,
        [{ url: `${endpoint}/?away=${encodeURIComponent(away)}` }],
      );
      expect(requests).toHaveLength(1);
      expect(results[0]).toContain('is refused: in a local run a handler calls no AWS');
    },
  );

  it('starts no process and ends none but its own', async () => {
    const { results } = await invoke(
      `
      import { execFileSync } from 'node:child_process';
      export const handler = ({ pid }) => pid === undefined ? execFileSync('env') : process.kill(pid);`,
      [{}, { pid: process.pid }, { pid: process.ppid }],
    );
    expect(messageOf(results[0])).toContain('starts no other process');
    expect(messageOf(results[1])).toContain('ends its own process only');
    expect(messageOf(results[2])).toContain('ends its own process only');
  });

  it('reads and writes /tmp, a folder of its own that is gone with the run', async () => {
    const { results } = await invoke(
      `
      import { mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
      import { appendFile } from 'node:fs/promises';
      import { tmpdir } from 'node:os';
      export const handler = async () => {
        const before = readdirSync('/tmp');
        await appendFile(tmpdir() + '/kept', '/tmp');
        const folder = mkdtempSync('/tmp/some-');
        writeFileSync(new URL('file:///tmp/a'), '/tmp/text');
        renameSync('/tmp/a', folder + '/b');
        const text = readFileSync(folder + '/b', 'utf8');
        rmSync(folder, { recursive: true });
        return { before, text, after: readdirSync('/tmp'), place: realpathSync('/tmp'), argv: process.argv.length };
      };`,
      [{}, {}],
    );
    // As on Lambda the next invocation finds what a warm environment has kept.
    const { place } = results[0] as { place: string };
    const rest = { text: '/tmp/text', after: ['kept'], place, argv: 2 };
    expect(results).toEqual([
      { before: [], ...rest },
      { before: ['kept'], ...rest },
    ]);
    expect(existsSync(place)).toBe(false);
  });

  it('writes nothing but /tmp', async () => {
    const { results } = await invoke(
      `
      import fs from 'node:fs';
      import { join } from 'node:path';
      export const handler = ({ folders }) => {
        const tries = {
          code: () => fs.writeFileSync(join(import.meta.dirname, 'x'), 'x'),
          itself: () => fs.appendFileSync(import.meta.filename, '//'),
          move: () => fs.renameSync(import.meta.filename, '/tmp/moved'),
          mode: () => fs.chmodSync(import.meta.filename, 0o600),
          time: () => fs.utimesSync(import.meta.filename, 0, 0),
          remove: () => fs.rmSync(import.meta.filename),
          here: () => fs.writeFileSync('x', 'x'),
          link: () => (fs.symlinkSync(folders[0], '/tmp/out'), fs.writeFileSync('/tmp/out/x', 'x')),
          ...Object.fromEntries(folders.flatMap((folder) => [
            [folder, () => fs.writeFileSync(join(folder, 'harmony-x'), 'x')],
            [folder + '/', () => fs.mkdirSync(join(folder, 'harmony-y'))],
          ])),
        };
        return Object.keys(tries).filter((name) => {
          try { tries[name](); return true; } catch (error) { return error.code !== 'ERR_ACCESS_DENIED'; }
        });
      };`,
      [
        {
          folders: [
            home.path,
            ownHome,
            '/usr',
            '/etc',
            '/dev/shm',
            '/var/tmp',
            import.meta.dirname,
          ],
        },
      ],
      { parent: IN_WORKSPACE },
    );
    expect(results).toEqual([[]]);
  });

  it('sees nothing of what else is in the temporary folder, by no way to write its path', async () => {
    await using other = await testFolder({ secret: 'k', 'code.mjs': 'export default 1;' });
    const { results } = await invoke(
      `
      import fs, { promises } from 'node:fs';
      import { dirname, join } from 'node:path';
      export const handler = async ({ path, compiled }) => {
        const tries = {
          text: () => fs.readFileSync(path, 'utf8'),
          bytes: () => fs.readFileSync(Buffer.from(path), 'utf8'),
          url: () => fs.readFileSync(new URL('file://' + path), 'utf8'),
          up: () => fs.readFileSync(join(fs.realpathSync('/tmp'), '..', '..', path.slice(4)), 'utf8'),
          dots: () => fs.readFileSync('/tmp/..' + path, 'utf8'),
          siblings: () => fs.readdirSync(dirname(fs.realpathSync('/tmp'))),
          all: () => promises.readdir(Buffer.from(dirname(dirname(fs.realpathSync('/tmp'))))),
          link: () => (fs.symlinkSync(path, '/tmp/link'), fs.readFileSync('/tmp/link', 'utf8')),
          hard: () => (fs.linkSync(path, '/tmp/hard'), fs.readFileSync('/tmp/hard', 'utf8')),
          write: () => fs.writeFileSync(Buffer.from(path), 'x'),
          remove: () => fs.rmSync(Buffer.from(path)),
          cache: () => fs.writeFileSync(Buffer.from(dirname(path) + '/../node-compile-cache/x'), 'x'),
          code: () => import(path.replace('secret', 'code.mjs')),
        };
        const reached = [];
        for (const [name, attempt] of Object.entries(tries)) {
          try { await attempt(); reached.push(name); } catch {}
        }
        return reached;
      };`,
      [{ path: join(other.path, 'secret') }],
      { parent: IN_WORKSPACE },
    );
    expect(results).toEqual([[]]);
    expect(await readFile(join(other.path, 'secret'), 'utf8')).toBe('k');
  });
});
