import { relative, resolve } from 'node:path';
import { readTemplateFile, type StateMachine } from '@harmony/assembly';
import { validateDefinition, validateText } from '@harmony/engine/validate';
import type { TextFinding, TextReport } from '@harmony/engine/validate';
import { readText } from '../../input/read-text.ts';
import type { Io } from '../../io.ts';

/** Of the template, or of a file with a definition that it names. */
export interface TemplateReport extends TextReport {
  /** What the file holds; absent for the template. */
  readonly text?: string;
}

/**
 * Checks every state machine of a template of CloudFormation or SAM, each with its own type: those in
 * the template where they stand in it, those in files of their own in those.
 * @param file as the user wrote it
 * @throws AssemblyError where the template cannot be read
 */
export async function checkTemplate(file: string, text: string, io: Io): Promise<TemplateReport[]> {
  const { stage, at } = await readTemplateFile(resolve(io.cwd, file), text);
  const template = resolve(io.cwd, file);
  const findings: { readonly error: boolean; readonly finding: TextFinding }[] = [];
  const others: TemplateReport[] = [];
  for (const machine of stage.stateMachines) {
    const { source } = machine;
    if (source !== undefined && source.file !== template) {
      others.push(await checkFile(source.file, machine, io));
      continue;
    }
    const { type, definition } = machine;
    for (const each of validateDefinition(definition, { type, placeholders: true })) {
      const { severity, code, pointer, message } = each;
      const steps = pointer.split('/').slice(1).map(unescape);
      // A text is one value of the template: its property is the nearest place.
      const path = [...(source?.path ?? ['Resources', machine.logicalId]), ...steps];
      const finding = { code, pointer, message: `${machine.logicalId}: ${message}`, ...at(path) };
      findings.push({ error: severity === 'ERROR', finding });
    }
  }
  const of = (error: boolean): TextFinding[] =>
    findings.filter((each) => each.error === error).map(({ finding }) => finding);
  const errors = of(true);
  return [{ file, valid: errors.length === 0, errors, warnings: of(false) }, ...others];
}

async function checkFile(path: string, { type }: StateMachine, io: Io): Promise<TemplateReport> {
  const text = (await readText(path, '', io)).replace(/^\uFEFF/, '');
  return { ...validateText(text, { path: relative(io.cwd, path), type }), text };
}

function unescape(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
