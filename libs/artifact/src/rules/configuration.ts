import type { ContractDocument } from '@harmony/contract';
import { validateJson } from '@harmony/schema/validate';
import type { SentTarget } from '../target-entry.ts';
import {
  checkReferences,
  type ConfigurationFinding,
  type Providers,
  withSamples,
} from './references.ts';

/**
 * Every reason why a child might refuse the configuration that a target sends it: what is literal
 * is validated, what comes from another target's output is compared schema with schema. The one
 * procedure of the contract test, of the diff of contracts and of the permission to deploy.
 */
export function checkConfiguration(
  target: SentTarget,
  contract: Pick<ContractDocument, 'name' | 'configuration'>,
  providers: Providers,
): ConfigurationFinding[] {
  const taken = checkReferences(target, contract, providers);
  const value = withSamples(target, providers);
  const literal = validateJson({
    schema: contract.configuration,
    value,
    path: 'configuration',
  }).map(({ path, message }): ConfigurationFinding => ({
    code: 'CONFIGURATION',
    verdict: 'breaking',
    path,
    reason: message,
    counterexample: value,
  }));
  // Where a reference is refused, what its sample is refused for would be said twice.
  return [...literal.filter(({ path }) => !taken.some((at) => isWithin(path, at.path))), ...taken];
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}.`) || path.startsWith(`${root}[`);
}
