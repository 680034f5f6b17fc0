import { debugSwitches } from '@harmony/artifact';
import { type Contract, defineContract } from '@harmony/contract';
import type { Json } from '@harmony/schema';
import { generate, SIMPLEST } from '@harmony/schema/sample';
import * as z from 'zod';
import { OrchestrationError } from './errors.ts';
import type { Orchestration, PlannedTarget } from './orchestration.ts';
import { OUTCOME_STATUSES } from './outcomes/outcome.ts';
import { LONGEST_CAUSE, LONGEST_ERROR } from './render/records.ts';

/** What an orchestration takes when it is a target itself: the switches of a run. */
export const debugConfiguration = z.strictObject({ debug: debugSwitches.optional() });

/** Bounded, so that the budget of an orchestration that keeps it is no guess. */
const outcome = z.object({
  id: z.string().max(80),
  child: z.string().max(80).optional(),
  status: z.enum(OUTCOME_STATUSES),
  reason: z.string().max(200).optional(),
  dependency: z.string().max(80).optional(),
  // Twice what the machine keeps: it counts characters, Zod counts UTF-16 units.
  error: z
    .string()
    .max(2 * LONGEST_ERROR)
    .optional(),
  cause: z
    .string()
    .max(2 * LONGEST_CAUSE)
    .optional(),
  executionArn: z.string().max(300).optional(),
  startDate: z.string().max(30).optional(),
  stopDate: z.string().max(30).optional(),
  attempts: z.number().optional(),
});

const counts = z.object(
  Object.fromEntries(OUTCOME_STATUSES.map((status) => [status, z.number()])) as Record<
    (typeof OUTCOME_STATUSES)[number],
    z.ZodNumber
  >,
);

type OutcomeSchema = typeof outcome | z.ZodObject;
type OutputOfOrchestration = z.ZodObject<{
  outcomes: z.ZodArray<z.ZodType<z.output<typeof outcome> & { output?: unknown }>>;
  counts: typeof counts;
}>;

/** The output of an orchestrator: each outcome, with its child's output where that is kept. */
export function outputSchema(targets: readonly PlannedTarget[]): OutputOfOrchestration {
  const kept = new Map(
    targets.flatMap(({ child, contract, keepOutput }) =>
      keepOutput === true ? [[child, contract.output] as const] : [],
    ),
  );
  const variants: OutcomeSchema[] = [...kept].map(([child, output]) => {
    const ids = targets.filter((item) => item.child === child && item.keepOutput === true);
    return outcome.extend({ id: z.enum(ids.map(({ id }) => id)), output: output.optional() });
  });
  const item = variants.length === 0 ? outcome : z.union([...variants, outcome]);
  return z.object({ outcomes: z.array(item).max(targets.length), counts }) as OutputOfOrchestration;
}

/**
 * The contract of an orchestration, by which it may be a target of another one. Its configuration
 * is `{ debug? }`, its output the outcomes and counts.
 *
 * @param example a payload to show; made from the schema unless given
 * @throws {OrchestrationError} `ORCHESTRATION_INVALID` when no payload can be made from the schema
 */
export function contractOf<P extends z.ZodObject, const Name extends string = string>(
  orchestration: Orchestration<P> & { readonly name: Name },
  example?: z.input<P>,
): Contract<Name, P, typeof debugConfiguration, OutputOfOrchestration> {
  const { name, payload, document, targets } = orchestration;
  const made: Json | undefined =
    example === undefined ? generate(document.payload)(SIMPLEST) : null;
  if (made === undefined) {
    const message = 'no example can be made from the schema: pass one to contractOf';
    const headline = `The orchestration "${name}" cannot be a target:`;
    throw new OrchestrationError('ORCHESTRATION_INVALID', headline, [{ path: 'payload', message }]);
  }
  return defineContract({
    name,
    payload,
    configuration: debugConfiguration,
    output: outputSchema(targets),
    examples: [{ payload: example ?? (made as z.input<P>), configuration: {} }],
  });
}
