import type { JsonataNode } from '../expressions/jsonata/ast.ts';
import { visitNodes } from '../expressions/jsonata/ast.ts';
import { expressionIn, parseJsonata } from '../expressions/jsonata/parse.ts';
import { ExpressionSyntaxError } from '../expressions/syntax-error.ts';
import { hasPlaceholder } from './placeholders.ts';
import type { Place } from './place.ts';

/** Checks a string of a JSONata state: nothing to say unless it is a `{% … %}` expression. */
export function checkExpression(text: string, place: Place): void {
  const expression = expressionIn(text);
  if (expression === undefined) {
    // `{%` alone is taken for a forgotten `%}`, as the service does
    if (text.startsWith('{%') || text.endsWith('%}')) {
      place.report(
        'INVALID_JSONATA_EXPRESSION',
        place.pointer,
        "A JSONata expression starts with '{%' and ends with '%}', with nothing around it",
      );
    }
    return;
  }
  let root: JsonataNode;
  try {
    root = parseJsonata(expression);
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    if (place.state.options.placeholders && hasPlaceholder(expression)) return;
    place.report('INVALID_JSONATA_EXPRESSION', place.pointer, error.message);
    return;
  }
  for (const problem of unsupported(root, place)) {
    place.report('UNSUPPORTED_JSONATA_EXPRESSION', place.pointer, problem);
  }
}

function unsupported(root: JsonataNode, place: Place): Set<string> {
  const problems = new Set<string>();
  visitNodes(root, (node) => {
    if (node.type === 'variable' && node.value === '$') {
      problems.add("Reference to '$$' is not supported.");
    }
    const [first, second] = node.type === 'path' ? (node.steps ?? []) : [];
    if (
      first?.type === 'variable' &&
      first.value === 'states' &&
      second?.value === 'errorOutput' &&
      place.inCatcher !== true
    ) {
      problems.add("Reference to '$states.errorOutput' is not supported outside a catcher.");
    }
    if (node.type === 'bind' && (node.lhs as JsonataNode | undefined)?.value === 'states') {
      problems.add("'$states' is reserved and cannot be assigned.");
    }
  });
  for (const name of topLevelNames(root)) {
    problems.add(
      `Reference to '${name}' at the top level is not supported: ` +
        `read the input with '$states.input.${name}', a variable with '$${name}'.`,
    );
  }
  return problems;
}

/**
 * Names read from the context that an expression starts with, of which Step Functions has none.
 * Inside a path, a predicate, a grouping or a sort term the context is an item: not looked at.
 */
function topLevelNames(node: JsonataNode | undefined): string[] {
  if (node === undefined) return [];
  switch (node.type) {
    case 'path': {
      const first = node.steps?.[0];
      if (first?.type === 'name') return [String(first.value)];
      return topLevelNames(first);
    }
    case 'binary':
    case 'apply':
    case 'bind':
      return [...sideNames(node.lhs), ...sideNames(node.rhs)];
    case 'unary':
      return [
        ...(node.expressions ?? []).flatMap(topLevelNames),
        ...topLevelNames(node['expression'] as JsonataNode | undefined),
        ...sideNames(node.lhs),
      ];
    case 'function':
    case 'partial':
      return [...topLevelNames(node.procedure), ...(node.arguments ?? []).flatMap(topLevelNames)];
    case 'lambda':
      return topLevelNames(node.body);
    case 'condition':
      return [node.condition, node.then, node.else].flatMap(topLevelNames);
    case 'block':
      return (node.expressions ?? []).flatMap(topLevelNames);
    default:
      return [];
  }
}

/** One operand, or the key and value pairs of an object constructor. */
function sideNames(side: JsonataNode['lhs']): string[] {
  if (side === undefined) return [];
  if (!Array.isArray(side)) return topLevelNames(side);
  return side.flatMap((pair) => pair.flatMap(topLevelNames));
}
