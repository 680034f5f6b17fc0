import type { ContractDocument, Json } from '@harmony/contract';
import { schemaAt } from '@harmony/contract/paths';
import { compareSchemas, generate, SIMPLEST } from '@harmony/contract/schema';
import type { Surroundings } from './surroundings.ts';
import { contractOf } from './contract-of.ts';
import { instancePath } from './instance-path.ts';
import type { Finding } from './problem.ts';
import type { RenderedReference, RenderedTarget } from './targets.ts';

/**
 * Whether each value that a target takes from another is sure to be there, in time, and accepted:
 * the output schema of the one child against the configuration schema of the other.
 */
export function checkReferences(
  around: Surroundings,
  target: RenderedTarget,
  contract: Pick<ContractDocument, 'name' | 'configuration'>,
): Finding[] {
  return (target.references ?? []).flatMap((reference): Finding[] => {
    const path = instancePath('configuration', reference.at);
    const finding = (reason: string): Finding => ({ code: 'REFERENCE', path, reason });
    const provider = around.targets.find(({ id }) => id === reference.target);
    if (provider === undefined) return [finding(`"${reference.target}" names no target`)];
    if (target.dependsOn?.includes(provider.id) !== true) {
      return [finding(`takes a value of "${provider.id}" without waiting for it`)];
    }
    if (provider.provides?.includes(reference.from) !== true) {
      return [finding(`"${provider.id}" does not keep the output it takes, ${reference.from}`)];
    }
    const name = `${instancePath('output', reference.from)} of "${provider.id}"`;
    const sent = outputAt(around, reference);
    if (sent === undefined) return [finding(`${provider.child} declares no ${name}`)];
    if (!sent.sure) return [finding(`${provider.child} is not sure to put out ${name}`)];
    const taken = schemaAt(contract.configuration, keysOf(reference.at));
    if (taken === undefined) return [finding(`${contract.name} declares no such field`)];
    return compareSchemas({ from: sent.schema, to: taken.schema }).map(({ verdict, message }) =>
      finding(`${verdict === 'unknown' ? 'unknown: ' : ''}${name}: ${message}`),
    );
  });
}

/** The configuration with values that its references might give, to be asked about as a whole. */
export function withSamples(around: Surroundings, target: RenderedTarget): unknown {
  return (target.references ?? []).reduce((filled, reference) => {
    const schema = outputAt(around, reference)?.schema;
    const sample = schema === undefined ? undefined : generate(schema)(SIMPLEST);
    return sample === undefined ? filled : put(filled, keysOf(reference.at), sample);
  }, target.configuration);
}

function outputAt({ stage, targets }: Surroundings, { target, from }: RenderedReference) {
  const arn = targets.find(({ id }) => id === target)?.stateMachineArn;
  const child = stage.stateMachines.find((machine) => machine.arn === arn);
  const contract = child === undefined ? undefined : contractOf(child);
  return contract === undefined ? undefined : schemaAt(contract.output, keysOf(from));
}

function keysOf(pointer: string): string[] {
  return pointer.split('/').slice(1);
}

function put(value: unknown, [key, ...rest]: readonly string[], sample: Json): unknown {
  if (key === undefined) return sample;
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  return { ...fields, [key]: put(fields[key], rest, sample) };
}
