import ts from 'typescript';
import { GeneratorError } from './generator-error.ts';

/** Positions come from the syntax tree, changes are made in the text, so the rest stays as it is. */
export function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** Every node of a kind, in the order of the text. */
export function findAll<T extends ts.Node>(
  root: ts.Node,
  is: (node: ts.Node) => node is T,
): readonly T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** The value of `name:` in an object literal. */
export function property(
  object: ts.Expression | undefined,
  name: string,
): ts.Expression | undefined {
  if (object === undefined || !ts.isObjectLiteralExpression(object)) return undefined;
  for (const member of object.properties) {
    if (ts.isPropertyAssignment(member) && nameOf(member.name) === name) return member.initializer;
  }
  return undefined;
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : name.getText();
}

/** Calls of a function by its plain name: `target(…)`. */
export function callsOf(root: ts.Node, name: string): readonly ts.CallExpression[] {
  return findAll(root, ts.isCallExpression).filter(
    ({ expression }) => ts.isIdentifier(expression) && expression.text === name,
  );
}

/** What is imported by name, `{ billingAlerts: '@harmony/billing-alerts-contract' }`. */
export function importedNames(source: ts.SourceFile): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const statement of importsOf(source)) {
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    for (const { name } of bindings.elements) names.set(name.text, moduleOf(statement));
  }
  return names;
}

/** Adds `import { name } from 'module';` in the order of the modules, unless it is there. */
export function addImport(file: string, text: string, name: string, module: string): string {
  const source = parse(file, text);
  if (importedNames(source).get(name) === module) return text;
  const imports = importsOf(source);
  const existing = imports.find((statement) => moduleOf(statement) === module);
  const bindings = existing?.importClause?.namedBindings;
  if (bindings !== undefined && ts.isNamedImports(bindings)) {
    return insertSorted(text, bindings.elements, name, (element) => element.name.text);
  }
  const line = `import { ${name} } from '${module}';\n`;
  // Relative files last; CDK and the rest of the registry wherever a person put them.
  const next = imports.find((statement) => {
    const other = moduleOf(statement);
    if (other.startsWith('.') !== module.startsWith('.')) return other.startsWith('.');
    return other.startsWith('@harmony/') === module.startsWith('@harmony/') && other > module;
  });
  const last = imports.at(-1);
  const at = next?.getStart() ?? (last === undefined ? 0 : last.end + 1);
  return text.slice(0, at) + line + text.slice(at);
}

/** Inserts an element of a list before the first that sorts after it, by `keyOf`. */
function insertSorted<T extends ts.Node>(
  text: string,
  elements: ts.NodeArray<T>,
  element: string,
  keyOf: (element: T) => string,
): string {
  const next = elements.find((other) => keyOf(other) > element);
  if (next !== undefined) return splice(text, next.getStart(), `${element}, `);
  const last = elements.at(-1);
  return splice(text, last?.end ?? elements.pos, last === undefined ? element : `, ${element}`);
}

/** Inserts an element at the end of a list, on a line of its own. */
export function insertElement(text: string, list: ts.NodeArray<ts.Node>, element: string): string {
  const last = list.at(-1);
  if (last === undefined) return splice(text, list.pos, `\n${element},\n`);
  // A trailing comma, if there is one, is part of the list and not of its last element.
  return splice(text, last.end, list.hasTrailingComma ? `,\n${element}` : `,\n${element},`);
}

/** @throws GeneratorError `SOURCE_UNEXPECTED` */
export function unexpected(file: string, expected: string): GeneratorError {
  return new GeneratorError(
    'SOURCE_UNEXPECTED',
    `${file} does not hold ${expected}, so it cannot be edited here: make the change by hand.`,
  );
}

function splice(text: string, at: number, insertion: string): string {
  return text.slice(0, at) + insertion + text.slice(at);
}

function importsOf(source: ts.SourceFile): readonly ts.ImportDeclaration[] {
  return source.statements.filter(ts.isImportDeclaration);
}

function moduleOf({ moduleSpecifier }: ts.ImportDeclaration): string {
  return ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
}
