import { expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { compileIntrinsic } from './intrinsics.ts';
import { compileJsonata } from './jsonata.ts';
import { compilePath } from './jsonpath.ts';
import { scopeOf } from './scope.fixture.ts';

const where = { field: 'x.$', stateName: 'S' };

/** 200,000 brackets, which is still below 256 KiB. */
const deep: Json = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as Json;

it.each<[string, () => unknown]>([
  ['a scan', () => compilePath('$..a', where).evaluate(scopeOf(deep))],
  ['a filter', () => compilePath('$[?(@ == $)]', where).evaluate(scopeOf([deep]))],
  [
    'an intrinsic function',
    () => compileIntrinsic("States.Format('{}', $)").evaluate(scopeOf(deep)),
  ],
  ['a JSONata scan', () => compileJsonata('$states.input.**', where).evaluate(scopeOf(deep))],
  [
    'a JSONata function',
    () => compileJsonata('$string($states.input)', where).evaluate(scopeOf(deep)),
  ],
])('data nested too deep ends %s in an error of the state', async (_what, evaluate) => {
  await expect(async () => evaluate()).rejects.toMatchObject({ name: 'StatesError' });
});
