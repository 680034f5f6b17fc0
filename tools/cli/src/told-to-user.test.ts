import { AssemblyError } from '@harmony/assembly';
import { ContractError } from '@harmony/contract';
import { LocalError } from '@harmony/local';
import { describe, expect, it } from 'vitest';
import { toldToUser } from './told-to-user.ts';
import { UsageError } from './usage-error.ts';

describe('an error, told to the user', () => {
  it.each([
    new UsageError('no such flag'),
    new AssemblyError('ASSEMBLY_NOT_FOUND', 'no such folder'),
    new LocalError('UNKNOWN_STATE_MACHINE', 'no such workflow'),
    new ContractError('CONTRACT_NAME', 'no such name', []),
  ])('is its own message for $name', (error) => {
    expect(toldToUser(error)).toEqual({ message: error.message, status: 2 });
  });

  it('says in words what the system refuses, and where', () => {
    const full = Object.assign(new Error('ENOSPC: no space left'), {
      code: 'ENOSPC',
      syscall: 'write',
      path: '/tmp/a',
    });
    expect(toldToUser(full)).toEqual({
      message: 'write /tmp/a: the disk is full (ENOSPC).',
      status: 1,
    });
  });

  it.each([
    new TypeError('x is undefined'),
    Object.assign(new Error('a code of another library'), { code: 'ENOSPC' }),
    Object.assign(new Error('a call of ours'), { code: 'EINVAL', syscall: 'read' }),
    'text',
    undefined,
  ])('leaves %s a fault', (error) => {
    expect(toldToUser(error)).toBeUndefined();
  });
});
