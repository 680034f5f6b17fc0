import { defineContract } from '@harmony/contract';
import * as z from 'zod';
import { defineOrchestration } from '../src/define-orchestration.ts';
import type { Orchestration } from '../src/orchestration.ts';
import { renderOrchestrator } from '../src/render/render-orchestrator.ts';
import { target } from '../src/target.ts';

export const benchPayload = z.object({ account: z.string().max(20) });

const machineArn = (child: string) =>
  `arn:aws:states:us-east-1:123456789012:stateMachine:dev-${child}`;

/** Small contracts, as alike as those of one team. */
export function makeChildren(count: number) {
  return Array.from({ length: count }, (_, index) =>
    defineContract({
      name: `child-${index}`,
      payload: benchPayload,
      configuration: z.strictObject({
        limit: z.number().min(0),
        region: z.enum(['eu-central-1', 'us-east-1']),
        note: z.string().optional(),
      }),
      output: z.object({ done: z.boolean() }),
      examples: [{ payload: { account: '1' }, configuration: { limit: 1, region: 'us-east-1' } }],
    }),
  );
}

/** @param note text in each configuration, to make it larger */
export function makeOrchestration(
  targets: number,
  children: ReturnType<typeof makeChildren>,
  note?: string,
): Orchestration {
  return defineOrchestration({
    name: 'bench',
    payload: benchPayload,
    targets: Array.from({ length: targets }, (_, index) =>
      target(children[index % children.length] as (typeof children)[number], {
        id: `t${index}`,
        configuration: {
          limit: index,
          region: 'us-east-1',
          ...(note === undefined ? {} : { note }),
        },
      }),
    ),
  });
}

export const render = (orchestration: Orchestration) =>
  renderOrchestrator(orchestration, { debug: {}, stateMachineArn: machineArn });
