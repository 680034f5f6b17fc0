import { basename, dirname, resolve } from 'node:path';
import { isObject } from '@harmony/schema';
import { environmentOf } from './environment.ts';
import { AssemblyError } from './errors.ts';
import type { Stage } from './model.ts';
import { Exports } from './read/exports.ts';
import { readFunctions } from './read/functions.ts';
import { folderFiles } from './read/local-files.ts';
import { readNested } from './read/nested.ts';
import { readStateMachines } from './read/state-machines.ts';
import { parseTemplate, type TemplateText } from './read/template-document.ts';
import { Template } from './read/template.ts';

export interface TemplateFile {
  /** Named ''. */
  readonly stage: Stage;
  /** Where a part of the template stands in the file. */
  readonly at: TemplateText['at'];
}

/** Whether a text, JSON or YAML, is a template of CloudFormation or SAM and no definition. */
export function isTemplate(text: string): boolean {
  if (/^\uFEFF?\s*\{/.test(text)) {
    try {
      // Resources may be a parameter of a call in a definition, too.
      const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
      return isObject(value) && Object.hasOwn(value, 'Resources');
    } catch {
      // What is wrong with it is told where it is read.
    }
    return /^[ \t]*"Resources"[ \t]*:/m.test(text);
  }
  return /^(?:Resources|["']Resources["'])[ \t]*:/m.test(text);
}

/**
 * Reads a template of CloudFormation or SAM as people write it, before it is packaged: what it names
 * by path lies beside it.
 * @param text of the file, which may be a pipe and is not read again
 * @throws AssemblyError `ASSEMBLY_INVALID`, `UNRESOLVED`, `DEFINITION_INVALID`
 */
export async function readTemplateFile(file: string, text: string): Promise<TemplateFile> {
  try {
    return await read(file, text);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new AssemblyError('ASSEMBLY_INVALID', `${file} is nested too deep, or in itself.`, {
      cause,
    });
  }
}

async function read(file: string, text: string): Promise<TemplateFile> {
  const path = resolve(file);
  const { value, at } = parseTemplate(text, file);
  const files = folderFiles(dirname(path));
  const name = basename(path).replace(/\.[^.]*$/, '');
  const exports = new Exports();
  const root: Template = new Template(name, value, {
    imports: (exported) => exports.value(root, '', exported),
  });
  const templates = [root, ...(await readNested(root, files, [path]))];
  for (const template of templates) exports.add(template, '');
  const machines = await Promise.all(
    templates.map((template) =>
      readStateMachines(template, {
        ...{ stage: '', stack: name, files },
        ...(template === root && { written: path }),
      }),
    ),
  );
  const stage: Stage = {
    name: '',
    environment: environmentOf(undefined),
    stacks: [name],
    stateMachines: machines.flat(),
    functions: templates.flatMap((template) => readFunctions(template, files)),
  };
  return { stage, at };
}
