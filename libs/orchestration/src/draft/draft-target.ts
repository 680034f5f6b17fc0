import type { Contract } from '@harmony/contract';
import { isObject, type JsonSchema } from '@harmony/schema';
import { defineOrchestration } from '../define-orchestration.ts';
import type { Orchestration } from '../orchestration.ts';
import { target } from '../target.ts';
import { assertFeeds, firstAccepted, type Refused } from './feeds.ts';

export interface TargetDraft {
  /** What the contract requires, with the values of its first example. */
  readonly configuration: unknown;
  /** Fields that may be given, too. */
  readonly optional: readonly string[];
}

/**
 * A configuration to start from, for `contract` as target `id` of `orchestration`, held to all of the
 * orchestration's rules; where the required fields alone are refused, the whole example.
 */
export function draftTarget(
  orchestration: Orchestration,
  contract: Contract,
  id: string,
): TargetDraft | Refused {
  const schema = contract.document.configuration;
  const example: unknown = contract.examples[0]?.configuration;
  const draft = (configuration: unknown): TargetDraft => {
    const added = target(contract, { id, configuration } as never);
    const widened = defineOrchestration({
      ...orchestration,
      targets: [...orchestration.targets, added],
    });
    assertFeeds(widened, [contract]);
    const given = new Set(isObject(configuration) ? Object.keys(configuration) : []);
    const optional = Object.keys(propertiesOf(schema)).filter((key) => !given.has(key));
    return { configuration, optional };
  };
  return firstAccepted([() => draft(required(schema, example)), () => draft(example)]);
}

/** What the schema requires of the example: an example is valid, an invented value may not be. */
function required(schema: JsonSchema | undefined, example: unknown): unknown {
  if (!isObject(example) || !isObject(schema) || !isObject(schema.properties)) return example;
  const keys = Array.isArray(schema.required) ? schema.required.map(String) : [];
  return Object.fromEntries(
    keys
      .filter((key) => key in example)
      .map((key) => [key, required(propertiesOf(schema)[key], example[key])]),
  );
}

function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  if (!isObject(schema) || !isObject(schema.properties)) return {};
  return schema.properties as Readonly<Record<string, JsonSchema>>;
}
