import { join } from 'node:path';
import { generateFiles, type Tree } from '@nx/devkit';
import { camelCase, pascalCase, sentenceCase } from './names.ts';

/** A handler's name in all its forms. */
export interface HandlerNames {
  readonly handler: string;
  readonly camel: string;
  readonly pascal: string;
  /** Of the state that calls it. */
  readonly state: string;
}

export function handlerNames(handler: string): HandlerNames {
  return {
    handler,
    camel: camelCase(handler),
    pascal: pascalCase(handler),
    state: sentenceCase(handler),
  };
}

/** Writes a handler, the function it computes with, and that one's test. */
export function writeHandler(tree: Tree, child: string, names: HandlerNames): void {
  generateFiles(tree, join(import.meta.dirname, 'handler-files'), `apps/${child}`, names);
}
