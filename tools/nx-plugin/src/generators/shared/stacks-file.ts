import type { Tree } from '@nx/devkit';
import ts from 'typescript';
import {
  addImport,
  findAll,
  insertElement,
  nameOf,
  parse,
  removeElement,
  removeImport,
  unexpected,
} from './source-edit.ts';
import { camelCase, pascalCase } from './names.ts';

/** The one place where the CDK app lists its stacks. */
export const STACKS = 'infra/src/stacks.ts';

/** The names of the stacks in the app. */
export function stackNames(tree: Tree): readonly string[] {
  return entries(read(tree)).map(({ name }) => nameOf(name));
}

/** Puts a child into a stack of its own, among the other children. */
export function addChildStack(tree: Tree, child: string): void {
  if (stackNames(tree).includes(child)) return;
  const pascal = pascalCase(child);
  const entry = `'${child}': (stack, stage) => new ${pascal}(stack, 'Workflow', { stage })`;
  const all = entries(read(tree));
  const orchestrator = all.find(isOrchestrator);
  const before =
    all.find((other) => !isOrchestrator(other) && nameOf(other.name) > child) ?? orchestrator;
  const text = insertElement(read(tree), list(read(tree)), entry, before);
  tree.write(STACKS, addImport(STACKS, text, pascal, `@harmony/${child}`));
}

/** Puts an orchestrator into a stack of its own, after everything else. */
export function addOrchestratorStack(tree: Tree, name: string): void {
  if (stackNames(tree).includes(name)) return;
  const entry = `'${name}': (stack, stage) =>
    new Orchestrator(stack, 'Orchestrator', { stage, orchestration: ${camelCase(name)} })`;
  let text = insertElement(read(tree), list(read(tree)), entry);
  text = addImport(STACKS, text, 'Orchestrator', '@harmony/constructs');
  text = addImport(STACKS, text, camelCase(name), `./orchestrations/${name}.ts`);
  tree.write(STACKS, text);
}

export function removeChildStack(tree: Tree, child: string): void {
  const entry = entries(read(tree)).find(({ name }) => nameOf(name) === child);
  const text = entry === undefined ? read(tree) : removeElement(read(tree), entry);
  tree.write(STACKS, removeImport(STACKS, text, `@harmony/${child}`));
}

function read(tree: Tree): string {
  const text = tree.read(STACKS, 'utf8');
  if (text === null) throw unexpected(STACKS, 'the stacks of the CDK app (it is not there)');
  return text;
}

function list(text: string): ts.NodeArray<ts.ObjectLiteralElementLike> {
  const declaration = findAll(parse(STACKS, text), ts.isVariableDeclaration).find(
    ({ name }) => ts.isIdentifier(name) && name.text === 'stacks',
  );
  const value = declaration?.initializer;
  if (value === undefined || !ts.isObjectLiteralExpression(value)) {
    throw unexpected(STACKS, 'an object literal  stacks = { … }');
  }
  return value.properties;
}

function entries(text: string): readonly ts.PropertyAssignment[] {
  return list(text).filter(ts.isPropertyAssignment);
}

function isOrchestrator(entry: ts.PropertyAssignment): boolean {
  return findAll(entry, ts.isNewExpression).some(
    ({ expression }) => expression.getText() === 'Orchestrator',
  );
}
