import type { ContractDocument } from '@harmony/contract';
import type { JsonSchema } from '@harmony/schema';
import { compareSchemas } from '@harmony/schema/compare';
import { schemaAt, setAt } from '@harmony/schema/paths';
import { generate, SIMPLEST } from '@harmony/schema/sample';
import { instancePath } from './instance-path.ts';
import type { Finding } from './problem.ts';
import type { RenderedReference, SentTarget } from './targets.ts';

/** What the references of a target lead to. */
export interface Providers {
  /** All targets of the orchestrator. */
  readonly targets: readonly SentTarget[];
  /** The output schema of a child, by its contract's name; undefined where it is not known. */
  output(child: string): JsonSchema | undefined;
}

/** Why a child might refuse a configuration, or not get it. */
export interface ConfigurationFinding extends Finding {
  readonly verdict: 'breaking' | 'unknown';
  /** A configuration that may be sent and would be refused, where one is known. */
  readonly counterexample?: unknown;
}

/**
 * Whether each value that a target takes from another is sure to be there, in time, and accepted:
 * the output schema of the one child against the configuration schema of the other.
 */
export function checkReferences(
  target: SentTarget,
  contract: Pick<ContractDocument, 'name' | 'configuration'>,
  providers: Providers,
): ConfigurationFinding[] {
  return (target.references ?? []).flatMap((reference): ConfigurationFinding[] => {
    const path = instancePath('configuration', reference.at);
    const finding = (reason: string): ConfigurationFinding => ({
      code: 'REFERENCE',
      verdict: 'breaking',
      path,
      reason,
    });
    const provider = providers.targets.find(({ id }) => id === reference.target);
    if (provider === undefined) return [finding(`"${reference.target}" names no target`)];
    if (target.dependsOn?.includes(provider.id) !== true) {
      return [finding(`takes a value of "${provider.id}" without waiting for it`)];
    }
    if (provider.provides?.includes(reference.from) !== true) {
      return [finding(`"${provider.id}" does not keep the output it takes, ${reference.from}`)];
    }
    const name = `${instancePath('output', reference.from)} of "${provider.id}"`;
    const sent = outputAt(providers, reference);
    if (sent === undefined) return [finding(`${provider.child} declares no ${name}`)];
    if (!sent.sure) return [finding(`${provider.child} is not sure to put out ${name}`)];
    const taken = schemaAt(contract.configuration, keysOf(reference.at));
    if (taken === undefined) return [finding(`${contract.name} declares no such field`)];
    const differences = compareSchemas({ from: sent.schema, to: taken.schema });
    return differences.map(({ verdict, message, counterexample }) => ({
      ...finding(`${verdict === 'unknown' ? 'unknown: ' : ''}${name}: ${message}`),
      verdict,
      ...(counterexample === undefined
        ? {}
        : {
            counterexample: setAt(
              withSamples(target, providers),
              keysOf(reference.at),
              counterexample,
            ),
          }),
    }));
  });
}

/** The configuration with values that its references might give, to be asked about as a whole. */
export function withSamples(target: SentTarget, providers: Providers): unknown {
  return (target.references ?? []).reduce((filled, reference) => {
    const schema = outputAt(providers, reference)?.schema;
    const sample = schema === undefined ? undefined : generate(schema)(SIMPLEST);
    return sample === undefined ? filled : setAt(filled, keysOf(reference.at), sample);
  }, target.configuration);
}

function outputAt(providers: Providers, { target, from }: RenderedReference) {
  const provider = providers.targets.find(({ id }) => id === target);
  const output = provider === undefined ? undefined : providers.output(provider.child);
  return output === undefined ? undefined : schemaAt(output, keysOf(from));
}

function keysOf(pointer: string): string[] {
  return pointer.split('/').slice(1);
}
