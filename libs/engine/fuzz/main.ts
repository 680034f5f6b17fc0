/**
 * nx fuzz engine: random expressions, definitions and texts, for `--minutes` (1) from `--seed` (the
 * time). A failure is kept, made smaller, as a file in `cases`, which a unit test tries from then on.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Json } from '../src/json.ts';
import { problemWith, type Case } from './checks.ts';
import { seededChoose } from './choose.ts';
import { mutated, randomDefinition } from './random-definition.ts';
import { randomData, randomExpression, type Choose } from './random-expression.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, minutes: { type: 'string', default: '1' } },
});
const seed = values.seed ?? String(Date.now());
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`--minutes must be a number above 0, not '${values.minutes}'.`);
  process.exit(2);
}

const makers: readonly ((choose: Choose) => Case)[] = [
  (choose) => ({
    kind: 'expression',
    expression: randomExpression(choose, 1 + choose.below(14)),
    input: randomData(choose, 4),
  }),
  (choose) => {
    let definition: Json = randomDefinition(choose);
    for (let times = choose.below(3); times > 0; times--) definition = mutated(definition, choose);
    return { kind: 'definition', definition, input: randomData(choose, 4) };
  },
  (choose) => {
    const text = JSON.stringify(randomDefinition(choose), null, choose.below(3));
    const at = choose.below(text.length);
    const odd = choose.of([
      '',
      '{',
      ']',
      '\uFEFF',
      '!!x ',
      '&a ',
      '*a',
      '.nan',
      '\t',
      '${X}',
      '"',
      '#',
      '\0',
      '- ',
      '? ',
    ]);
    return {
      kind: 'text',
      text: text.slice(0, at) + odd + text.slice(at + choose.below(4)),
      path: choose.of(['a.json', 'a.yaml']),
    };
  },
];

/** Parts of the data left out, as long as the problem stays. */
async function smaller(tried: Case): Promise<Case> {
  if (tried.kind === 'text' || typeof tried.input !== 'object' || tried.input === null)
    return tried;
  if (Array.isArray(tried.input)) return tried;
  for (const key of Object.keys(tried.input)) {
    const input = Object.fromEntries(
      Object.entries(tried.input).filter(([other]) => other !== key),
    );
    const less = { ...tried, input };
    if ((await problemWith(less)) !== undefined) return smaller(less);
  }
  return tried;
}

const folder = join(import.meta.dirname, 'cases');
const end = Date.now() + minutes * 60_000;
let count = 0;
let failures = 0;
for (; Date.now() < end && failures < 20; count++) {
  const choose = seededChoose(`${seed} ${String(count)}`);
  const tried = choose.of(makers)(choose);
  if ((await problemWith(tried)) === undefined) continue;
  const small = await smaller(tried);
  const problem = await problemWith(small);
  const name = `${small.kind}-${seed}-${String(count)}.json`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${JSON.stringify(small, null, 2)}\n`);
  failures++;
  console.log(`${name}: ${String(problem)}`);
}
console.log(`${String(count)} cases from seed ${seed}: ${String(failures)} failed.`);
process.exitCode = failures === 0 ? 0 : 1;
