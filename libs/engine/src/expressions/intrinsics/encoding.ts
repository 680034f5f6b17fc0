import { createHash } from 'node:crypto';
import type { Json } from '../../json.ts';
import type { IntrinsicFunction } from './function.ts';
import { IntrinsicFailure, stringArgument } from './function.ts';

/** Characters that the encoding functions take (Developer Guide, "Intrinsic functions"). */
const maxCharacters = 10_000;

/** The names AWS knows, and Node's for them. */
export const hashAlgorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

export const encodingFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  'States.Base64Encode': {
    minArgs: 1,
    maxArgs: 1,
    call: (args) => Buffer.from(limited('States.Base64Encode', args), 'utf8').toString('base64'),
  },

  'States.Base64Decode': {
    minArgs: 1,
    maxArgs: 1,
    call(args) {
      const text = limited('States.Base64Decode', args);
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
        throw new IntrinsicFailure('Invalid arguments in States.Base64Decode: not Base64');
      }
      return Buffer.from(text, 'base64').toString('utf8');
    },
  },

  'States.Hash': {
    minArgs: 2,
    maxArgs: 2,
    call(args) {
      const data = args[0] as Json;
      const text = typeof data === 'string' ? data : JSON.stringify(data);
      const algorithm = stringArgument('States.Hash', args, 1);
      const name = Object.hasOwn(hashAlgorithms, algorithm) ? hashAlgorithms[algorithm] : undefined;
      if (name === undefined) {
        throw new IntrinsicFailure(
          `Invalid arguments in States.Hash: unknown algorithm '${algorithm}', use one of ` +
            Object.keys(hashAlgorithms).join(', '),
        );
      }
      return createHash(name).update(limit('States.Hash', text), 'utf8').digest('hex');
    },
  },
};

function limited(name: string, args: readonly Json[]): string {
  return limit(name, stringArgument(name, args, 0));
}

function limit(name: string, text: string): string {
  if (text.length <= maxCharacters) return text;
  throw new IntrinsicFailure(
    `Invalid arguments in ${name}: ${String(text.length)} characters exceed ${String(maxCharacters)}`,
  );
}
