import type { Contract } from '@harmony/contract';
import { isObject } from '@harmony/schema';
import { z } from 'zod';
import { defineOrchestration } from '../define-orchestration.ts';
import { target } from '../target.ts';
import { assertFeeds, firstAccepted, type Refused } from './feeds.ts';

export interface OrchestrationDraft {
  /** In which order the children's payloads are laid over one another; the last one counts. */
  readonly order: readonly number[];
  /** By contract, as given. */
  readonly configurations: readonly unknown[];
  /** A payload that serves all of them. */
  readonly example: unknown;
}

/**
 * An orchestration `name` with one target for each contract. Where children describe one field of
 * the payload differently, the description that satisfies all of them is found by trying each
 * child's as the one that counts.
 */
export function draftOrchestration(
  name: string,
  contracts: readonly Contract[],
): OrchestrationDraft | Refused {
  const configurations = contracts.map(({ examples }): unknown => examples[0]?.configuration);
  const example = contracts
    .map(({ examples }): unknown => examples[0]?.payload)
    .reduce((all, one) => merge(all, one));
  const indices = contracts.map((_, index) => index);
  const orders = [
    indices,
    ...indices.map((last) => [...indices.filter((index) => index !== last), last]),
  ];
  return firstAccepted(
    orders.map((order) => () => {
      const shapes = order.map((index) => contracts[index]?.payload.shape ?? {});
      const targets = contracts.map((contract, index) =>
        target(contract, { id: contract.name, configuration: configurations[index] } as never),
      );
      const payload = z.object(Object.assign({}, ...shapes) as z.ZodRawShape);
      assertFeeds(defineOrchestration({ name, payload, targets }), contracts);
      return { order, configurations, example };
    }),
  );
}

function merge(a: unknown, b: unknown): unknown {
  if (!isObject(a) || !isObject(b)) return a === undefined ? b : a;
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(keys.map((key) => [key, merge(a[key], b[key])]));
}
