import { join } from 'node:path';
import { readTextIfThere } from '@harmony/errors/text-file';
import { isObject } from '@harmony/schema';
import { jsonOf } from '../input/json-of.ts';
import { UsageError } from '../usage-error.ts';

/** What the workspace keeps for everybody who runs it. */
const FILE = 'harmony.json';

/**
 * Where services really answer: what the workspace's `harmony.json` says, then the command line.
 * @param given `dynamodb=http://localhost:8000`, or a URL alone for every service without its own
 * @param root absolute folder of the workspace
 * @returns URLs by service; `*` is every other one
 * @throws UsageError
 */
export async function readEndpoints(
  given: readonly string[] = [],
  root: string,
): Promise<Readonly<Record<string, string>>> {
  const named = given.map((text) => {
    const [, service = '*', url = ''] = /^(?:([A-Za-z0-9-]+)=)?(.*)$/s.exec(text) ?? [];
    return [service, url] as const;
  });
  return { ...(await kept(root)), ...Object.fromEntries(named) };
}

/** What a person who reads a run's result must know of it. */
export function endpointHints(endpoints: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(endpoints).map(([service, url]) => {
    const calls = service === '*' ? 'calls of every other service' : `calls of ${service}`;
    return `${calls} go to ${new URL(url).host}, not to mocks.`;
  });
}

async function kept(root: string): Promise<Readonly<Record<string, string>>> {
  const text = await readTextIfThere(join(root, FILE), FILE);
  if (text === undefined) return {};
  const settings = jsonOf(text, FILE, 'it');
  const { awsEndpoints = {}, ...others } = isObject(settings) ? settings : { settings };
  const [unknown] = Object.keys(others);
  if (unknown !== undefined || !isUrls(awsEndpoints)) {
    throw new UsageError(
      `${FILE} must be like { "awsEndpoints": { "dynamodb": "http://localhost:8000" } }${unknown === undefined || unknown === 'settings' ? '' : `, without ${JSON.stringify(unknown)}`}.`,
    );
  }
  return awsEndpoints;
}

function isUrls(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every((url) => typeof url === 'string');
}
