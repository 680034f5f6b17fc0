import type { Tree } from '@nx/devkit';
import { applyEdits, modify, parse, type JSONPath } from 'jsonc-parser';

/** VS Code's settings of the workspace: what a team wrote into them stays, comments too. */
const FILE = '.vscode/settings.json';
const KEY = 'json.schemas';

interface Association {
  readonly fileMatch?: readonly string[];
  readonly url?: string;
}

/** Has editors hold a child's `example.json` to its contract. */
export function addExampleSchema(tree: Tree, child: string): void {
  const { text, associations } = read(tree);
  if (associations.some((item) => isOf(item, child))) return;
  const added = {
    fileMatch: [fileOf(child)],
    url: `./libs/contracts/${child}/example.schema.json`,
  };
  write(tree, text, [KEY, associations.length], added);
}

export function removeExampleSchema(tree: Tree, child: string): void {
  const { text, associations } = read(tree);
  const index = associations.findIndex((item) => isOf(item, child));
  if (index >= 0) write(tree, text, [KEY, index], undefined);
}

const fileOf = (child: string): string => `/apps/${child}/example.json`;

function isOf({ fileMatch = [] }: Association, child: string): boolean {
  return fileMatch.includes(fileOf(child));
}

function read(tree: Tree) {
  const text = tree.read(FILE, 'utf8') ?? '{}';
  const settings = parse(text) as Readonly<Record<string, unknown>> | undefined;
  const associations = (settings?.[KEY] ?? []) as readonly Association[];
  return { text, associations };
}

function write(tree: Tree, text: string, path: JSONPath, value: unknown): void {
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  tree.write(FILE, applyEdits(text, modify(text, path, value, { formattingOptions })));
}
