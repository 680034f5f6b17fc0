import type { Tree } from '@nx/devkit';
import ts from 'typescript';
import { GeneratorError } from './generator-error.ts';
import {
  addImport,
  callsOf,
  findAll,
  importedNames,
  insertElement,
  parse,
  property,
  unexpected,
} from './source-edit.ts';

const FOLDER = 'infra/src/orchestrations';

/** Where an orchestration is defined. */
export function orchestrationFile(name: string): string {
  return `${FOLDER}/${name}.ts`;
}

export function orchestrationFiles(
  tree: Tree,
): readonly { readonly name: string; readonly file: string }[] {
  return tree
    .children(FOLDER)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort()
    .map((file) => ({ name: file.slice(0, -'.ts'.length), file: `${FOLDER}/${file}` }));
}

/** @throws GeneratorError `ORCHESTRATION_UNKNOWN` */
export function assertOrchestration(tree: Tree, name: string): void {
  const known = orchestrationFiles(tree).map((other) => other.name);
  if (known.includes(name)) return;
  throw new GeneratorError(
    'ORCHESTRATION_UNKNOWN',
    `there is no orchestration ${JSON.stringify(name)} in ${FOLDER}. Known: ${known.join(', ')}.`,
  );
}

export interface WrittenTarget {
  /** Nothing where the id is computed. */
  readonly id?: string;
  /** By the package that its contract is imported from; nothing where it comes from elsewhere. */
  readonly child?: string;
}

/** The targets that a file makes, wherever in it. */
export function targetsIn(file: string, text: string): readonly WrittenTarget[] {
  const source = parse(file, text);
  const imports = importedNames(source);
  return callsOf(source, 'target').map(({ arguments: [contract, options] }) => {
    const id = property(options, 'id');
    const module = contract === undefined ? undefined : imports.get(contract.getText());
    const child = /^@harmony\/(.+)-contract$/.exec(module ?? '')?.[1];
    return {
      ...(id !== undefined && ts.isStringLiteralLike(id) ? { id: id.text } : {}),
      ...(child === undefined ? {} : { child }),
    };
  });
}

/** Adds a target at the end of the list, with the imports that it needs. */
export function addTarget(
  file: string,
  text: string,
  {
    child,
    contract,
    code,
  }: { readonly child: string; readonly contract: string; readonly code: string },
): string {
  const [call] = callsOf(parse(file, text), 'defineOrchestration');
  const targets = property(call?.arguments[0], 'targets');
  if (targets === undefined || !ts.isArrayLiteralExpression(targets)) {
    throw unexpected(file, 'defineOrchestration({ targets: [ … ] })');
  }
  const edited = insertElement(text, targets.elements, code);
  const imported = addImport(file, edited, contract, `@harmony/${child}-contract`);
  return addImport(file, imported, 'target', '@harmony/orchestration');
}

/**
 * The name under which a child's contract is exported.
 *
 * @throws GeneratorError `SOURCE_UNEXPECTED`
 */
export function contractExport(tree: Tree, child: string): string {
  const file = `libs/contracts/${child}/src/index.ts`;
  const source = parse(file, tree.read(file, 'utf8') ?? '');
  for (const { name, initializer } of findAll(source, ts.isVariableDeclaration)) {
    if (initializer === undefined || !ts.isIdentifier(name)) continue;
    const [call] = callsOf(initializer, 'defineContract');
    const value = property(call?.arguments[0], 'name');
    if (value !== undefined && ts.isStringLiteralLike(value) && value.text === child)
      return name.text;
  }
  throw unexpected(file, `export const … = defineContract({ name: '${child}', … })`);
}
