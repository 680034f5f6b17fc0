/**
 * Run as a process of its own, as a time zone is the process's: prints what expressions over time
 * give on a machine whose clock is so many days away from now (`DAYS`).
 */
import { scopeOf } from '../scope.fixture.ts';

const RealDate = Date;
const shift = Number(process.env['DAYS'] ?? 0) * 86_400_000;
globalThis.Date = class extends RealDate {
  constructor(...given: number[]) {
    super(...((given.length === 0 ? [RealDate.now() + shift] : given) as [number]));
  }

  static override now(): number {
    return RealDate.now() + shift;
  }
} as DateConstructor;

const { compileJsonata } = await import('../jsonata.ts');

const expressions = [
  '$now()',
  '$now("[Y]-[M01]-[D01] [H01]:[m01] [Z]")',
  '$now("[H01]:[m01][Z]", "-0500")',
  '$millis()',
  '$toMillis("2024-07-01T12:00:00")',
  '$toMillis("2024-07-01T12:00:00+0200")',
  '$toMillis("2024-07-01")',
  '$toMillis("2024")',
  '$toMillis("10:30", "[H]:[m]")',
  '$toMillis("1 July", "[D] [MNn]")',
  '$toMillis("2024-07-01 23:59", "[Y]-[M]-[D] [H]:[m]")',
  '$fromMillis(1721999999999)',
  '$fromMillis(1721999999999, "[FNn] [D1o] [MNn] [Y] [h]:[m] [P]")',
  '$fromMillis($toMillis("2024-03-31T02:30:00"))',
];

const results = expressions.map((text) =>
  compileJsonata(text, { field: 'Output', stateName: 'S' }).evaluate(
    scopeOf({}, { now: RealDate.UTC(2030, 0, 2, 3, 4, 5, 6) }),
  ),
);
process.stdout.write(JSON.stringify(results));
