import type { JsonataNode } from '../expressions/jsonata/ast.ts';
import { visitNodes } from '../expressions/jsonata/ast.ts';
import { expressionIn, parseJsonata } from '../expressions/jsonata/parse.ts';
import { ExpressionSyntaxError } from '../expressions/syntax-error.ts';
import { hasPlaceholder } from './placeholders.ts';
import { pointerSteps } from '../pointer.ts';
import { unknownNames } from './unknown-names.ts';
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
  for (const { name, called } of unknownNames(root, place.state.variables)) {
    place.report(
      called ? 'UNKNOWN_FUNCTION' : 'UNKNOWN_VARIABLE',
      place.pointer,
      called
        ? `'$${name}(…)' calls no function of JSONata or of Step Functions`
        : `'$${name}' is no function, and no Assign that can be read here sets it`,
      'WARNING',
    );
  }
}

/** What `$states` has in every field, and what only in some. */
const everywhere = ['input', 'context'];

/** The fields of `$states` that exist where a value stands (workflow-variables, "Reserved variable"). */
function statesFields(place: Place): readonly string[] {
  const [field, , inner] = pointerSteps(place.pointer.slice(place.state.pointer.length));
  const leaving = (name: string | undefined): boolean => name === 'Output' || name === 'Assign';
  const { Type: type } = place.state.value;
  if (field === 'Catch' && leaving(inner)) return [...everywhere, 'errorOutput'];
  const hasResult = type === 'Task' || type === 'Parallel' || type === 'Map';
  return hasResult && leaving(field) ? [...everywhere, 'result'] : everywhere;
}

function unsupported(root: JsonataNode, place: Place): Set<string> {
  const problems = new Set<string>();
  const known = statesFields(place);
  visitNodes(root, (node) => {
    if (node.type === 'variable' && node.value === '$') {
      problems.add("Reference to '$$' is not supported.");
    }
    const [first, second] = node.type === 'path' ? (node.steps ?? []) : [];
    if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name') {
      const name = String(second.value);
      if (name === 'errorOutput' && !known.includes(name)) {
        problems.add("Reference to '$states.errorOutput' is not supported outside a catcher.");
      } else if (name === 'result' && !known.includes(name)) {
        problems.add(
          "Reference to '$states.result' is not supported here: only Output and Assign of a Task, " +
            'Parallel or Map state have it.',
        );
      } else if (!known.includes(name)) {
        problems.add(`Reference to '$states.${name}' is not supported: $states has no such field.`);
      }
    }
    if (node.type === 'bind' && (node.lhs as JsonataNode | undefined)?.value === 'states') {
      problems.add("'$states' is reserved and cannot be assigned.");
    }
  });
  for (const name of topLevelNames(root)) {
    problems.add(
      name === '$'
        ? "Reference to '$' at the top level is not supported: read the input with '$states.input'."
        : `Reference to '${name}' at the top level is not supported: ` +
            `read the input with '$states.input.${name}', a variable with '$${name}'.`,
    );
  }
  return problems;
}

/**
 * Names, and `$`, read from the context that an expression starts with: Step Functions has none.
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
    case 'variable':
      return node.value === '' ? ['$'] : [];
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
