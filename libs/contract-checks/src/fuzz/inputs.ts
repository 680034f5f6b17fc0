import type { ContractDocument } from '@harmony/contract';
import type { Json, JsonSchema } from '@harmony/schema';
import { type Choices, generate } from '@harmony/schema/sample';
import { validator } from '@harmony/schema/validator';
import { mix } from './mix.ts';
import { mutations } from './mutations.ts';

/** A child's whole execution input, made by choices: the same choices give the same input. */
export interface Inputs {
  /** Undefined where these choices lead to no value. */
  valid(choices: Choices): Json | undefined;
  /** One that the contract refuses, for one reason. */
  invalid(choices: Choices): Json | undefined;
}

/** @param example an input that gets far, parts of which are mixed in */
export function inputsOf(contract: ContractDocument, example?: Json): Inputs {
  const payload = generate(contract.payload);
  const configuration = generate(contract.configuration);
  const accepts = inputValidator(contract);
  const valid = (choices: Choices): Json | undefined => {
    const value = { payload: payload(choices), configuration: configuration(choices) };
    if (!isComplete(value) || !accepts(value)) return undefined;
    const mixed = mix(value, example, choices);
    return accepts(mixed) ? mixed : value;
  };
  return {
    valid,
    invalid(choices) {
      const value = valid(choices);
      if (value === undefined) return undefined;
      const refused = mutations(value).filter((each) => !accepts(each));
      return refused[choices.choose(Math.max(1, refused.length))];
    },
  };
}

function isComplete(value: {
  payload: Json | undefined;
  configuration: Json | undefined;
}): value is { payload: Json; configuration: Json } {
  return value.payload !== undefined && value.configuration !== undefined;
}

/** The whole input: payload, configuration and what Step Functions and the orchestrator add. */
function inputValidator(contract: ContractDocument): (value: Json) => boolean {
  const root: JsonSchema = {
    type: 'object',
    properties: {
      payload: {},
      configuration: {},
      runId: { type: 'string' },
      NeedCallback: { type: 'boolean' },
      AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: { type: 'string' },
    },
    required: ['payload', 'configuration'],
    additionalProperties: false,
  };
  const isRoot = validator(root);
  const payload = validator(contract.payload);
  const configuration = validator(contract.configuration);
  return (value) => {
    if (!isRoot(value)) return false;
    const { payload: sent, configuration: fixed } = value as { payload: Json; configuration: Json };
    return payload(sent) && configuration(fixed);
  };
}
