/** Choices that were tried; past it the smallest found so far is the answer. */
const MAX_TRIES = 150;

/**
 * Makes recorded choices fewer and smaller while `fails` holds. Smaller choices make simpler values,
 * so the smallest choices make the smallest failing input.
 */
export async function shrinkChoices(
  recorded: readonly number[],
  fails: (choices: readonly number[]) => Promise<boolean>,
): Promise<readonly number[]> {
  let best = trimmed(recorded);
  const tried = new Set([best.join()]);
  let tries = 0;
  const attempt = async (candidate: readonly number[]): Promise<boolean> => {
    const next = trimmed(candidate);
    if (tries >= MAX_TRIES || tried.has(next.join())) return false;
    tried.add(next.join());
    tries++;
    if (!(await fails(next))) return false;
    best = next;
    return true;
  };
  for (let improved = true; improved && tries < MAX_TRIES;) {
    improved = false;
    for (let size = best.length; size > 0; size = Math.floor(size / 2)) {
      for (let at = 0; at + size <= best.length; at += size) {
        const cut = [...best.slice(0, at), ...best.slice(at + size)];
        const zeroed = best.map((choice, index) => (index >= at && index < at + size ? 0 : choice));
        improved = (await attempt(zeroed)) || (await attempt(cut)) || improved;
      }
    }
    for (const [at, choice] of [...best.entries()]) {
      if (choice > 1) {
        const halved = best.map((each, index) => (index === at ? Math.floor(choice / 2) : each));
        improved = (await attempt(halved)) || improved;
      }
    }
  }
  return best;
}

/** Without the zeros at the end: a replay chooses 0 there anyway. */
function trimmed(choices: readonly number[]): readonly number[] {
  let end = choices.length;
  while (end > 0 && choices[end - 1] === 0) end--;
  return choices.slice(0, end);
}
