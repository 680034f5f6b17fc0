import { STATE } from '@harmony/artifact';
import { defineContract } from '@harmony/contract';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  defineOrchestration,
  defineShared,
  environmentOf,
  refusedInStage,
  renderOrchestrator,
  stageRef,
  stageText,
  target,
} from '../index.ts';

const notify = defineContract({
  name: 'notify',
  payload: z.object({}),
  configuration: z.strictObject({
    topicArn: z.string().regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[a-z-]+$/),
    accounts: z.array(z.string().regex(/^\d{12}$/)).optional(),
    region: z.enum(['eu-central-1', 'us-gov-west-1']).optional(),
    note: z.string().optional(),
    limit: z.number().optional(),
  }),
  output: z.object({}),
  examples: [
    { payload: {}, configuration: { topicArn: 'arn:aws:sns:eu-central-1:123456789012:a' } },
  ],
});
const shared = defineShared({ alerts: 'topic', reports: 'bucket' });
const topicArn = shared.resource('alerts').arn;

const orchestrate = (
  configuration: Parameters<typeof target<typeof notify, 't'>>[1]['configuration'],
) =>
  defineOrchestration({
    name: 'review',
    payload: z.object({}),
    targets: [target(notify, { id: 't', configuration })],
  });

/** The configuration of the one target, as the definition holds it. */
function rendered(orchestration: ReturnType<typeof orchestrate>, region = 'eu-central-1'): unknown {
  const { States } = renderOrchestrator(orchestration, {
    debug: {},
    stateMachineArn: (child) => child,
    environment: environmentOf('prod', { account: '210987654321', region }),
  });
  const { targets } = States[STATE.inject]?.['Result'] as {
    targets: { configuration: unknown }[];
  };
  return targets[0]?.configuration;
}

describe('what a configuration says of its stage', () => {
  test('is what the stage knows, in texts, in lists and in the names of shared resources', () => {
    const orchestration = orchestrate({
      topicArn,
      accounts: ['123456789012', stageRef.account],
      region: stageRef.region,
      note: stageText`${shared.resource('reports').name} in ${stageRef.name}`,
    });
    expect(rendered(orchestration)).toEqual({
      topicArn: 'arn:aws:sns:eu-central-1:210987654321:alerts-prod',
      accounts: ['123456789012', '210987654321'],
      region: 'eu-central-1',
      note: 'reports-prod-210987654321-eu-central-1 in prod',
    });
  });

  test('is of the partition that the region belongs to', () => {
    expect(rendered(orchestrate({ topicArn }), 'us-gov-west-1')).toEqual({
      topicArn: 'arn:aws-us-gov:sns:us-gov-west-1:210987654321:alerts-prod',
    });
  });

  test('leaves every other text as it was written', () => {
    const note = '${AWS::AccountId} {% $x %} $.y {"stage":"account"} @@account@@';
    expect(rendered(orchestrate({ topicArn, note }))).toMatchObject({ note });
  });

  test('is held to the contract by an environment that the contract accepts', () => {
    const [planned] = orchestrate({ topicArn, region: stageRef.region }).targets;
    expect(planned?.configuration).toMatchObject({ region: 'eu-central-1' });
  });

  test('is refused where no environment fits', () => {
    expect(() => orchestrate({ topicArn: stageRef.account })).toThrow(
      'targets["t"].configuration.topicArn',
    );
  });

  test('is held to the contract again in the stage that it is deployed in', () => {
    const orchestration = orchestrate({ topicArn, region: stageRef.region });
    expect(refusedInStage(orchestration, environmentOf('dev', { region: 'eu-central-1' }))).toEqual(
      [],
    );
    expect(refusedInStage(orchestration, environmentOf('dev'))).toMatchObject([
      { path: 'targets["t"].configuration.region' },
    ]);
  });

  test('does not compile where no text is taken, or for what is not shared', () => {
    // @ts-expect-error a limit is a number
    expect(() => orchestrate({ topicArn, limit: stageRef.account })).toThrow('limit');
    // @ts-expect-error accounts are a list
    expect(() => orchestrate({ topicArn, accounts: stageRef.account })).toThrow('accounts');
    // @ts-expect-error no object is taken for a reference
    expect(() => orchestrate({ topicArn: { parts: ['x'] } })).toThrow('topicArn');
    // @ts-expect-error nobody shares it
    expect(() => shared.resource('alert')).toThrow('there are: alerts, reports');
    // @ts-expect-error there is no such kind
    expect(() => defineShared({ alerts: 'topics' })).toThrow("topics isn't one of topic, bucket");
  });

  test('is never text by mistake: a plain template literal is refused', () => {
    expect(() => `${stageRef.account as unknown as string}-x`).toThrow('stageText');
  });
});
