import type { Contract, Issue } from '@harmony/contract';
import type { Json } from '@harmony/schema';
import { compareSchemas } from '@harmony/schema/compare';
import { formatPath, schemaAt, setAt } from '@harmony/schema/paths';
import { generate, SIMPLEST } from '@harmony/schema/sample';
import type { FoundReference } from '../reference.ts';

/** A target that another one may take values from. */
interface Provider {
  readonly id: string;
  readonly contract: Contract;
}

/**
 * What is wrong with a reference: its target, its child, an output that is not sure to be there,
 * or one that the configuration refuses. Types say so first; this is for what they cannot see.
 * @param path of the configuration
 */
export function checkReference(
  found: FoundReference,
  consumer: Contract,
  providers: ReadonlyMap<string, Provider>,
  path: string,
): Issue[] {
  const here = formatPath(found.at, path);
  const issue = (message: string) => [{ path: here, message }];
  const provider = providers.get(found.target);
  if (provider === undefined) return issue(`outputOf names no target "${found.target}"`);
  if (provider.contract.name !== found.child) {
    const runs = `target "${found.target}" runs ${provider.contract.name}`;
    return issue(`outputOf expects the child ${found.child}, but ${runs}`);
  }
  const keys = [...found.path, ...found.at];
  if (keys.some((key) => key.includes('/')))
    return issue('a field name with "/" cannot be referred to');
  const name = ['output', ...found.path].join('.');
  const sent = schemaAt(provider.contract.document.output, found.path);
  if (sent === undefined) return issue(`the contract of ${found.child} declares no ${name}`);
  if (!sent.sure) return issue(`${found.child} is not sure to put out ${name}`);
  const taken = schemaAt(consumer.document.configuration, found.at);
  if (taken === undefined) return issue(`the contract of ${consumer.name} declares no such field`);
  return compareSchemas({ from: sent.schema, to: taken.schema }).map(({ message }) => ({
    path: here,
    message: `${name} of "${found.target}": ${message}`,
  }));
}

/** The configuration with a value that each reference might give: what its schema is asked about. */
export function withSamples(
  configuration: Json,
  references: readonly FoundReference[],
  providers: ReadonlyMap<string, Provider>,
): Json {
  return references.reduce<Json>((filled, { target, path, at }) => {
    const output = providers.get(target)?.contract.document.output;
    const schema = output === undefined ? undefined : schemaAt(output, path)?.schema;
    const sample = schema === undefined ? null : (generate(schema)(SIMPLEST) ?? null);
    return setAt(filled, at, sample);
  }, configuration);
}
