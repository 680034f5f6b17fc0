import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationChecks } from '@harmony/constructs/cloudformation-checks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASSEMBLY, readTemplate, resources, type Template } from './assembly-copy.ts';

/** Of the rules, those that hold a template to the schemas: names, types, required, enumerations, … */
const OF_SCHEMAS = /^(?:F\d+|E3\d+|W3030)$/;

// What a synth asks: AWS's own validator, with CloudFormation's resource schemas in it.
const checks = new CloudFormationChecks();
const folder = mkdtempSync(join(tmpdir(), 'harmony-cloudformation-'));
afterAll(() => rmSync(folder, { recursive: true }));

function faultsIn(file: string): string[] {
  const context = { stackTemplates: [{ templatePath: file }] };
  const { violations } = checks.validate(context as Parameters<typeof checks.validate>[0]);
  return violations
    .filter(({ ruleName, severity }) => OF_SCHEMAS.test(ruleName) && severity === 'error')
    .map(({ ruleName, description }) => `${ruleName} ${description}`);
}

const files = readdirSync(ASSEMBLY, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.template.json'),
);

describe("CloudFormation's resource schemas", () => {
  it.each(files)('accept %s', (file) => {
    expect(faultsIn(join(ASSEMBLY, file))).toEqual([]);
  });

  describe('refuse', () => {
    let template: Template = {};
    let path = '';
    beforeAll(() => {
      const name = /([^/]+)\/([^/]+)$/.exec(files[0] ?? '')?.[1]?.replace('assembly-', '') ?? '';
      const stack = readdirSync(join(import.meta.dirname, '..', 'src', 'stacks'))
        .map((file) => file.replace('.ts', ''))
        .find((id) => resources(readTemplate(ASSEMBLY, name, id), MACHINE).length > 0);
      template = readTemplate(ASSEMBLY, name, stack ?? '');
      path = join(folder, 'tampered.template.json');
    });

    const MACHINE = 'AWS::StepFunctions::StateMachine';

    it.each<[string, (properties: Template) => void, RegExp]>([
      ['a name that no property has', (p) => (p.StateMachineNam = 'x'), /StateMachineNam/],
      ['a value of another type', (p) => (p.TracingConfiguration.Enabled = 'maybe'), /boolean/],
      ['what is required and missing', (p) => delete p.RoleArn, /'RoleArn' is a required property/],
      ['a value outside its enumeration', (p) => (p.StateMachineType = 'FAST'), /STANDARD/],
      ['a text that is too long', (p) => (p.StateMachineName = 'x'.repeat(81)), /maximum 80/],
    ])('%s', (_, tamper, expected) => {
      const copy = structuredClone(template);
      tamper(resources(copy, MACHINE)[0]?.Properties);
      writeFileSync(path, JSON.stringify(copy));
      expect(faultsIn(path).join('\n')).toMatch(expected);
    });

    it('a text that its pattern does not fit', () => {
      const copy = structuredClone(template);
      const [group = {}] = resources(copy, 'AWS::Logs::LogGroup');
      group.Properties.LogGroupName = 'a name';
      writeFileSync(path, JSON.stringify(copy));
      expect(faultsIn(path).join('\n')).toMatch(/pattern/);
    });
  });
});
