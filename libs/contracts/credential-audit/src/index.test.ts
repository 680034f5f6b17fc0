import { describe, expect, expectTypeOf, it } from 'vitest';
import { credentialAudit, type CredentialAuditInput } from './index.ts';

const payload = { account: { id: '123456789012' } };

describe('credentialAudit', () => {
  it('exempts nobody unless told', () => {
    const { configuration } = credentialAudit.parse({ payload, configuration: { maxAgeDays: 90 } });
    expect(configuration).toEqual({ maxAgeDays: 90, exemptUsers: [] });
    expectTypeOf<CredentialAuditInput['configuration']>().toEqualTypeOf<{
      maxAgeDays: number;
      exemptUsers: string[];
    }>();
  });

  it('accepts a payload that also serves other children', () => {
    const shared = { ...payload, period: { start: '2026-11-01', end: '2026-12-01' } };
    const parse = () =>
      credentialAudit.parse({ payload: shared, configuration: { maxAgeDays: 1 } });
    expect(parse).not.toThrow();
  });

  it.each([
    ['configuration.maxAgeDays', { maxAgeDays: 0 }],
    ['configuration.maxAgeDays', { maxAgeDays: 90.5 }],
    ['configuration.maxAgeDays', {}],
    ['configuration.exemptUsers[1]', { maxAgeDays: 90, exemptUsers: ['alice', ''] }],
    ['configuration.maxAge', { maxAgeDays: 90, maxAge: 90 }],
  ])('refuses a wrong %s by its path', (path, configuration) => {
    expect(() => credentialAudit.parse({ payload, configuration })).toThrow(
      expect.objectContaining({
        name: 'ContractViolation',
        message: expect.stringContaining(path) as string,
      }),
    );
  });
});
