import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { environmentOf } from './environment.ts';
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
  return /^(?:\s*"Resources"|Resources|\s*'Resources')\s*:/m.test(text);
}

/**
 * Reads a template of CloudFormation or SAM as people write it, before it is packaged: what it names
 * by path lies beside it.
 * @throws AssemblyError `ASSEMBLY_INVALID`, `UNRESOLVED`, `DEFINITION_INVALID`
 */
export async function readTemplateFile(file: string): Promise<TemplateFile> {
  const path = resolve(file);
  const { value, at } = parseTemplate(await readFile(path, 'utf8'), file);
  const files = folderFiles(dirname(path));
  const name = basename(path).replace(/\.[^.]*$/, '');
  const exports = new Exports();
  const root: Template = new Template(name, value, {
    imports: (exported) => exports.value(root, '', exported),
  });
  const templates = [root, ...(await readNested(root, files))];
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
