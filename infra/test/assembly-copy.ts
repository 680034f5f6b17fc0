import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** The assembly that the `synth` target wrote; tests run after it. */
export const ASSEMBLY = join(import.meta.dirname, '..', 'cdk.out');

/** A CloudFormation template; tests edit it freely. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- templates have no type worth writing
export type Template = Record<string, any>;

/** A copy of an assembly, without its assets, that a test may tamper with. */
export class AssemblyCopy implements Disposable {
  readonly dir = mkdtempSync(join(tmpdir(), 'harmony-infra-'));

  constructor(assembly = ASSEMBLY) {
    const filter = (source: string) => !basename(source).startsWith('asset.');
    cpSync(assembly, this.dir, { recursive: true, filter });
  }

  /** Edits one JSON file of the copy. */
  #edit(file: string, edit: (content: Template) => void): void {
    const path = join(this.dir, file);
    const content = JSON.parse(readFileSync(path, 'utf8')) as Template;
    edit(content);
    writeFileSync(path, JSON.stringify(content));
  }

  editTemplate(stage: string, stack: string, edit: (template: Template) => void): void {
    this.#edit(templateFile(this.dir, stage, stack), edit);
  }

  removeStack(stage: string, stack: string): void {
    this.#edit(`assembly-${stage}/manifest.json`, ({ artifacts }) => {
      Reflect.deleteProperty(artifacts, stackArtifact(artifacts, `${stage}/${stack}`));
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true });
  }
}

/** A template of an assembly, parsed. */
export function readTemplate(dir: string, stage: string, stack: string): Template {
  return JSON.parse(readFileSync(join(dir, templateFile(dir, stage, stack)), 'utf8')) as Template;
}

function templateFile(dir: string, stage: string, stack: string): string {
  const manifest = readFileSync(join(dir, `assembly-${stage}`, 'manifest.json'), 'utf8');
  const { artifacts } = JSON.parse(manifest) as Template;
  const artifact = artifacts[stackArtifact(artifacts, `${stage}/${stack}`)];
  return `assembly-${stage}/${artifact.properties.templateFile}`;
}

function stackArtifact(artifacts: Template, displayName: string): string {
  const found = Object.keys(artifacts).find((id) => artifacts[id].displayName === displayName);
  if (found === undefined) throw new Error(`the assembly has no stack ${displayName}`);
  return found;
}

/** The resources of one type in a template. */
export function resources(template: Template, type: string): Template[] {
  return Object.values<Template>(template.Resources).filter((resource) => resource.Type === type);
}

/** Replaces text in the literal parts of a state machine's definition. */
export function replaceInDefinition(template: Template, from: string, to: string): void {
  const [machine] = resources(template, 'AWS::StepFunctions::StateMachine');
  const join: unknown[] = machine?.Properties.DefinitionString['Fn::Join'];
  const parts = join[1] as unknown[];
  const edited = parts.map((part) => (typeof part === 'string' ? part.replaceAll(from, to) : part));
  if (JSON.stringify(edited) === JSON.stringify(parts)) throw new Error(`${from} is not in it`);
  join[1] = edited;
}
