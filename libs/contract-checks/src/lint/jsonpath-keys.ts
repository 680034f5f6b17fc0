import type { PathAst } from '@harmony/engine/expressions';

/** Texts that equal paths share, however they are written: of the path and of all it goes through. */
export function pathKeys({ root, steps }: PathAst): string[] {
  const start = root.kind === 'variable' ? `$${root.name}` : root.kind;
  return steps.map((_, index) => [start, ...steps.slice(0, index + 1).map(stepKey)].join(' '));
}

function stepKey(step: PathAst['steps'][number]): string {
  return JSON.stringify(step, (name, value: unknown) => (name === 'position' ? undefined : value));
}
