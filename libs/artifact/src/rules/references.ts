import type { ContractDocument } from '@harmony/contract';
import type { JsonSchema } from '@harmony/schema';
import { compareSchemas } from '@harmony/schema/compare';
import { instancePath, pointerKeys, schemaAt, setAt } from '@harmony/schema/paths';
import { generate, SIMPLEST } from '@harmony/schema/sample';
import type { ReferenceEntry, SentTarget } from '../target-entry.ts';
import type { RuleFinding } from './finding.ts';

/** What the references of a target lead to. */
export interface Providers {
  /** All targets of the orchestrator. */
  readonly targets: readonly SentTarget[];
  /** The output schema of a child, by its contract's name; undefined where it is not known. */
  output(child: string): JsonSchema | undefined;
}

/** Why a child might refuse a configuration, or not get it. */
export interface ConfigurationFinding extends RuleFinding {
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
    const taken = schemaAt(contract.configuration, pointerKeys(reference.at));
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
              pointerKeys(reference.at),
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
    return sample === undefined ? filled : setAt(filled, pointerKeys(reference.at), sample);
  }, target.configuration);
}

function outputAt(providers: Providers, { target, from }: ReferenceEntry) {
  const provider = providers.targets.find(({ id }) => id === target);
  const output = provider === undefined ? undefined : providers.output(provider.child);
  return output === undefined ? undefined : schemaAt(output, pointerKeys(from));
}

/** By target, pointers into its child's output that the references of others lead to. */
export function providedBy(
  targets: readonly Pick<SentTarget, 'references'>[],
): ReadonlyMap<string, readonly string[]> {
  const provided = new Map<string, Set<string>>();
  for (const { target, from } of targets.flatMap(({ references = [] }) => references)) {
    provided.set(target, (provided.get(target) ?? new Set()).add(from));
  }
  return new Map([...provided].map(([id, pointers]) => [id, [...pointers].sort()]));
}
