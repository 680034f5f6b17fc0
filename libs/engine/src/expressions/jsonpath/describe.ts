import type { PathAst, PathStep } from './ast.ts';

/** The path in bracket notation, as causes print it: `$['a'][0]`. */
export function canonical(path: PathAst, upTo: number): string {
  return '$' + path.steps.slice(0, upTo).map(stepText).join('');
}

/** One step in bracket notation. */
export function stepText(step: PathStep): string {
  switch (step.kind) {
    case 'properties':
      return propertyText(step.names);
    case 'indices':
      return `[${step.indices.join(',')}]`;
    case 'slice':
      return `[${String(step.from ?? '')}:${String(step.to ?? '')}]`;
    case 'wildcard':
      return '[*]';
    case 'filter':
      return '[?]';
    case 'scan':
      return '..';
    case 'function':
      return `.${step.name}()`;
  }
}

/** Names in bracket notation: `['a','b']`. */
export function propertyText(names: readonly string[]): string {
  return `[${names.map((name) => `'${name}'`).join(',')}]`;
}
