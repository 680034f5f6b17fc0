import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentialAudit } from '@harmony/credential-audit-contract';
import { type ChildUnderTest, synthesiseChild } from '@harmony/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { CredentialAudit } from '../src/index.ts';

const input = {
  payload: { account: { id: '123456789012' } },
  configuration: { maxAgeDays: 90, exemptUsers: ['break-glass'] },
};

describe('credential-audit', () => {
  let child: ChildUnderTest;
  beforeAll(async () => {
    child = await synthesiseChild('credential-audit', (stack, stage) => {
      new CredentialAudit(stack, 'Workflow', { stage });
    });
    return () => child[Symbol.dispose]();
  });

  const run = (mocksCase: string, given: object = input) => child.run(mocksCase, given);
  const count = (calls: readonly { service: string }[], service: string) =>
    calls.filter((call) => call.service === service).length;

  it('waits for the report and puts one event per finding', async () => {
    const { status, output, calls } = await run('HappyPath', { ...input, runId: 'nov:audit' });
    expect(status).toBe('SUCCEEDED');
    expect(output).toEqual({
      reportGeneratedAt: '2026-11-22T05:58:31Z',
      usersChecked: 5,
      findings: 4,
      oldestAgeDays: 874,
    });
    expect(() => credentialAudit.output.parse(output)).not.toThrow();
    expect(calls.map(({ service }) => service)).toEqual([
      'iam:generateCredentialReport',
      'iam:generateCredentialReport',
      'iam:generateCredentialReport',
      'iam:getCredentialReport',
      'events:putEvents',
      'events:putEvents',
      'events:putEvents',
      'events:putEvents',
    ]);
    expect(calls.slice(4).map(({ parameters }) => parameters)).toContainEqual({
      Entries: [
        {
          Source: 'harmony.credential-audit',
          DetailType: 'Stale Credential Found',
          Detail: {
            accountId: '123456789012',
            runId: 'nov:audit',
            user: 'deploy-bot',
            credential: 'access_key_1',
            lastChanged: '2024-07-01',
            ageDays: 874,
            maxAgeDays: 90,
          },
        },
      ],
    });
  });

  it('takes twenty seconds for a report that is complete at the third look', async () => {
    const { startDate, stopDate } = await run('HappyPath');
    const seconds = (Date.parse(stopDate) - Date.parse(startDate)) / 1000;
    expect(Math.floor(seconds)).toBe(20);
  });

  it('names its events after the execution when no orchestrator started it', async () => {
    const { calls } = await run('HappyPath');
    expect(calls.at(-1)?.parameters).toMatchObject({ Entries: [{ Detail: { runId: 'run-1' } }] });
  });

  it('puts no event when nothing is too old', async () => {
    const { output, calls } = await run('NoFindings');
    expect(output).toMatchObject({ usersChecked: 2, findings: 0, oldestAgeDays: null });
    expect(count(calls, 'events:putEvents')).toBe(0);
  });

  it('puts one event for one finding', async () => {
    const { output, calls } = await run('HappyPath', {
      ...input,
      configuration: { maxAgeDays: 800, exemptUsers: ['break-glass'] },
    });
    expect(output).toMatchObject({ findings: 1 });
    expect(count(calls, 'events:putEvents')).toBe(1);
  });

  it('tries again when IAM throttles and when the bus refuses an event', async () => {
    const { status, output, calls } = await run('ThrottledTwice');
    expect(status).toBe('SUCCEEDED');
    expect(output).toMatchObject({ findings: 4 });
    expect(count(calls, 'iam:generateCredentialReport')).toBe(3);
    expect(count(calls, 'iam:getCredentialReport')).toBe(3);
    expect(count(calls, 'events:putEvents')).toBe(5);
  });

  it('has a new report made when the last one expired meanwhile', async () => {
    const { status, calls } = await run('ReportExpired');
    expect(status).toBe('SUCCEEDED');
    expect(calls.slice(0, 4).map(({ service }) => service)).toEqual([
      'iam:generateCredentialReport',
      'iam:getCredentialReport',
      'iam:generateCredentialReport',
      'iam:getCredentialReport',
    ]);
  });

  it('stops polling after five minutes', async () => {
    const { error, calls, startDate, stopDate } = await run('NeverReady');
    expect(error).toBe('CredentialReportNeverReady');
    expect(count(calls, 'iam:generateCredentialReport')).toBe(31);
    expect(Math.floor((Date.parse(stopDate) - Date.parse(startDate)) / 1000)).toBe(300);
  });

  it.each([
    ['every report expires before it is had', 'AlwaysExpired', 'CredentialReportNeverReady'],
    ['the report is too large for Step Functions', 'TooLarge', 'CredentialReportTooLarge'],
    ['its findings are too large', 'FindingsTooLarge', 'CredentialReportTooLarge'],
    ['the report is of another account', 'OtherAccount', 'WrongAccount'],
    ['the report is cut off', 'Unreadable', 'UnreadableCredentialReport'],
    ['the bus keeps refusing an event', 'BusRefuses', 'EventBridge.FailedEntry'],
  ])('fails by name when %s', async (_when, mocksCase, error) => {
    expect(await run(mocksCase)).toMatchObject({ status: 'FAILED', error });
  });

  it('refuses wrong input before anything is called, and does not try again', async () => {
    const { error, cause, calls, history } = await run('HappyPath', {
      ...input,
      configuration: { maxAgeDays: '90' },
    });
    expect({ error, calls }).toEqual({ error: 'ContractViolation', calls: [] });
    expect(cause).toContain('configuration.maxAgeDays');
    expect(history.filter(({ type }) => type === 'TaskScheduled')).toHaveLength(1);
  });

  it('mocks the very report that its fixture shows', () => {
    const text = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');
    const mocks = JSON.parse(text('../mocks.json')) as {
      MockedResponses: { Report: { 0: { Return: { Content: string } } } };
    };
    const content = Buffer.from(mocks.MockedResponses.Report[0].Return.Content, 'base64');
    expect(content.toString()).toBe(text('fixtures/credential-report.csv').trim());
  });

  it('may do what its integrations need and nothing else', () => {
    const own = (child.stage.stateMachines[0]?.policies ?? [])
      .map(({ actions, resources }) => [...actions, ...resources])
      // Every state machine of ours logs, traces and invokes its own functions.
      .filter(([action]) => !/^(lambda|logs|xray):/.test(action ?? ''));
    expect(own).toEqual([
      ['iam:GenerateCredentialReport', 'iam:GetCredentialReport', '*'],
      ['events:PutEvents', 'arn:aws:events:us-east-1:123456789012:event-bus/default'],
    ]);
  });

  it('was run through every state, rule and catcher', () => {
    expect(child.unreached('state', 'rule', 'catcher', 'branch')).toEqual([]);
  });
});
