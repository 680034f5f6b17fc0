import type { ContractDocument } from './contract.ts';

/**
 * The text of `contract.json`: what a contract library commits, so that a change to its contract is
 * seen in review and can be compared with any commit without running code.
 */
export function snapshotText(document: ContractDocument): string {
  const { name, hash, payload, configuration, output } = document;
  return `${JSON.stringify({ name, hash, payload, configuration, output }, null, 2)}\n`;
}

/** Reads such a text; undefined for what is not one. */
export function parseSnapshot(text: string): ContractDocument | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isContractDocument(value) ? value : undefined;
}

/** Is it a contract's document, as far as its form shows? */
export function isContractDocument(value: unknown): value is ContractDocument {
  if (typeof value !== 'object' || value === null) return false;
  const { name, hash, payload, configuration, output } = value as Partial<ContractDocument>;
  return (
    typeof name === 'string' &&
    typeof hash === 'string' &&
    [payload, configuration, output].every(
      (schema) => typeof schema === 'boolean' || (typeof schema === 'object' && schema !== null),
    )
  );
}
