import type { Caller } from '../evaluator/callable.ts';
import { fail } from '../evaluator/failure.ts';
import type { Run } from '../evaluator/run.ts';
import { watched } from '../../regex-guard.ts';
import { libraryFunction } from './jsonata-library.ts';

type Implementation = (run: Run) => (this: Caller, ...args: never[]) => unknown;

/**
 * jsonata's functions over dates: in UTC whatever the machine's time zone, from the run's clock, and
 * bounded where a picture asks for much.
 */
export const dateFunctions: Readonly<Record<string, Implementation>> = {
  toMillis: (run) =>
    function (text: string | undefined, picture: string | undefined) {
      if (text === undefined) return undefined;
      return picture === undefined ? isoMillis(text) : parsePicture(text, picture, this, run);
    },

  fromMillis: (run) =>
    function (
      millis: number | undefined,
      picture: string | undefined,
      timezone: string | undefined,
    ) {
      return formatMillis(millis, picture, timezone, this, run);
    },
};

/** `$fromMillis`, and `$now` with a picture. */
export function formatMillis(
  millis: unknown,
  picture: unknown,
  timezone: unknown,
  caller: Caller,
  run: Run,
): unknown {
  if (typeof picture === 'string') run.budget.hold(picture.length + widths(picture));
  return libraryFunction('fromMillis')?.implementation.call(caller, millis, picture, timezone);
}

/** Characters that the widths in a picture ask for, as in `[Y,*-400]`. */
function widths(picture: string): number {
  let sum = 0;
  for (const [marker] of picture.matchAll(/\[[^\]]*\]/g)) {
    for (const [digits] of marker.matchAll(/\d+/g)) sum += digits.length > 6 ? 1e9 : Number(digits);
  }
  return sum;
}

const isoForm =
  /^\d{4}(?:-[01]\d(?:-[0-3]\d)?)?(?:T[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d{1,9})?([+-][0-2]\d:?[0-5]\d|Z)?)?$/;

function isoMillis(text: string): number {
  const parts = text.length > 64 ? null : isoForm.exec(text);
  // A time without a zone is local time to JavaScript, and UTC here.
  const zoned = parts !== null && text.includes('T') && parts[1] === undefined ? `${text}Z` : text;
  const millis = parts === null ? NaN : Date.parse(zoned);
  return Number.isNaN(millis) ? fail('D3110', { value: text }) : millis;
}

/** Pictures whose numbers touch are read by backtracking. */
function parsePicture(text: string, picture: string, caller: Caller, run: Run): unknown {
  const read = (): unknown =>
    libraryFunction('toMillis')?.implementation.call(caller, text, picture);
  run.budget.hold(picture.length + widths(picture));
  const touching = picture.split('][').length;
  const cheap = !/[wW]/.test(picture) && (text.length + 1) ** touching < 1e5;
  return cheap ? read() : watched(read, run.budget);
}
