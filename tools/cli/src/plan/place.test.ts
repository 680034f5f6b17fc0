import type { StackFiles } from '@harmony/assembly';
import { describe, expect, it } from 'vitest';
import { placeOf } from './place.ts';

const stack = (stage: string, name: string, environment: string): StackFiles => ({
  ...{ stage, name, environment, selector: `${stage}/${name}` },
  ...{ template: {}, terminationProtection: false, tags: {}, needs: [] },
  ...{ templateBytes: 2, assets: new Map() },
});
const here = 'aws://123456789012/eu-central-1';

describe('where a stage goes', () => {
  it.each([
    [here, { account: '123456789012', region: 'eu-central-1' }],
    ['aws://unknown-account/eu-central-1', { region: 'eu-central-1' }],
    ['aws://unknown-account/unknown-region', {}],
  ])('is what all its stacks name: %s', (environment, expected) => {
    const files = [
      stack('prod', 'a', environment),
      stack('prod', 'b', environment),
      stack('dev', 'a', 'aws://210987654321/eu-west-1'),
    ];
    expect(placeOf('prod', files)).toEqual(expected);
  });

  it.each(['aws://123456789012/us-east-1', 'aws://unknown-account/eu-central-1'])(
    'is refused where one stack names another: %s',
    (other) => {
      const files = [stack('prod', 'a', here), stack('prod', 'b', other)];
      expect(() => placeOf('prod', files)).toThrow(`a to ${here}, b to ${other}`);
    },
  );
});
