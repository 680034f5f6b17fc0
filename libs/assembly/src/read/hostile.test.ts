import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AssemblyError } from '../errors.ts';
import { isTemplate, readTemplateFile } from '../read-template-file.ts';
import { folderFiles } from './local-files.ts';
import { readNested } from './nested.ts';
import { parseTemplate } from './template-document.ts';
import { Template } from './template.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-hostile-'));
  execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
  await writeFile(join(folder, 'empty.yaml'), '');
});
afterAll(() => rm(folder, { recursive: true }));

const KEPT = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];
const named = (name: unknown): object => ({
  Type: 'AWS::SNS::Topic',
  Properties: { TopicName: name },
});
/** Each refers to the next one twice. */
const doubled = (levels: number): object =>
  Object.fromEntries(
    Array.from({ length: levels }, (_, level) => [
      `T${level}`,
      named(level + 1 === levels ? 'x' : { 'Fn::Sub': `\${T${level + 1}}\${T${level + 1}}` }),
    ]),
  );

describe('a template that leads back to itself, or grows without end', () => {
  const template = new Template('dev-x', {
    Conditions: { A: { Condition: 'B' }, B: { 'Fn::Not': [{ Condition: 'A' }] } },
    Resources: {
      Self: named({ 'Fn::Sub': 'a-${Self}' }),
      One: named({ 'Fn::GetAtt': ['Two', 'TopicArn'] }),
      Two: named({ Ref: 'One' }),
      ...doubled(40),
    },
  });

  it.each([
    [{ Ref: 'Self' }, 'leads back to itself'],
    [{ 'Fn::GetAtt': ['One', 'TopicArn'] }, 'leads back to itself'],
    [{ 'Fn::If': ['A', 1, 2] }, 'leads back to itself'],
    [{ Ref: 'T0' }, 'more than 200000 references'],
  ])('is refused by name: %j', (value, message) => {
    const resolve = () => template.resolve(value);
    expect(resolve).toThrow(AssemblyError);
    expect(resolve).toThrow(message);
  });

  it('still resolves what is used at several levels', () => {
    const fine = new Template('dev-x', { Resources: { A: named('a'), B: named({ Ref: 'A' }) } });
    const arn = 'arn:aws:sns:us-east-1:123456789012:a';
    expect(fine.resolve([{ Ref: 'A' }, { Ref: 'A' }])).toEqual([arn, arn]);
    expect(fine.resolve({ 'Fn::GetAtt': ['B', 'TopicName'] })).toBe(arn);
  });

  it('is refused where nested stacks give each other what they are made of', () => {
    const stack = (from: string) => ({
      Type: 'AWS::CloudFormation::Stack',
      Properties: { Parameters: { In: { 'Fn::GetAtt': [from, 'Outputs.Out'] } } },
    });
    const around = new Template('dev-x', { Resources: { A: stack('B'), B: stack('A') } });
    const nested = { Parameters: { In: {} }, Outputs: { Out: { Value: { Ref: 'In' } } } };
    for (const id of ['A', 'B']) around.nest(id, nested);
    expect(() => around.resolve({ 'Fn::GetAtt': ['A', 'Outputs.Out'] })).toThrow('back to itself');
  });

  it('is refused where it is nested in itself, as a file', async () => {
    const text = `Resources:\n  Again: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: self.yaml } }\n`;
    await writeFile(join(folder, 'self.yaml'), text);
    await expect(readTemplateFile(join(folder, 'self.yaml'), text)).rejects.toThrow(
      /self\.yaml is nested in itself: Again of stack self\.$/,
    );
  });

  it.each([
    ['pipe.yaml', "isn't a plain file"],
    ['.', 'it is a folder'],
    ['empty.yaml', 'holds no object'],
  ])('waits for nothing that it names: %s', async (TemplateURL, message) => {
    const template = new Template('x', {
      Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } } },
    });
    await expect(readNested(template, folderFiles(folder))).rejects.toThrow(message);
  });
});

describe('names that JavaScript keeps', () => {
  const template = new Template('dev-x', { Resources: {}, Conditions: {}, Mappings: {} });

  it.each(KEPT)('are names as any other: %s', (name) => {
    const single = JSON.parse(`{ "${name}": 1 }`) as object;
    expect(JSON.stringify(template.resolve(single))).toBe(JSON.stringify(single));
    expect(() => template.resolve({ Ref: name })).toThrow('no such resource');
    expect(() => template.resolve({ 'Fn::Sub': ['${' + name + '}', {}] })).toThrow('no such');
    expect(() => template.resolve({ 'Fn::GetAtt': [name, name] })).toThrow('no such resource');
    expect(() => template.resolve({ 'Fn::If': [name, 1, 2] })).toThrow('no such condition');
    expect(template.resolve({ 'Fn::FindInMap': [name, name, name] })).toContain('stand-in');
    const typed = { Resources: { A: { Type: name } } };
    const { value } = parseTemplate(JSON.stringify(typed), 'a.yaml');
    expect(new Template('dev-x', value).resolve({ Ref: 'A' })).toBe('dev-x-A');
  });
});

describe('a text that is no template', () => {
  const laughs = Array.from(
    { length: 12 },
    (_, i) =>
      `a${i}: &a${i} [${
        i === 0
          ? 'x'
          : Array(9)
              .fill(`*a${i - 1}`)
              .join(', ')
      }]`,
  ).join('\n');

  it.each([
    ['aliases that multiply', laughs, /^t\.yaml cannot be read: Excessive alias count/],
    ['an alias to nothing', 'Resources: *gone', /^t\.yaml.*gone/],
    ['an unknown tag', 'Resources:\n  A: !Odd x', /^t\.yaml:2:6: Unresolved tag: !Odd/],
    ['a number that is none', 'Resources:\n  A: .nan', /^t\.yaml:2:6: NaN is no number/],
    ['brackets without end', '['.repeat(20_000), /^t\.yaml(?::\d+:\d+| cannot be read): /],
    ['blocks without end', `${'- '.repeat(20_000)}x`, /^t\.yaml(?::\d+:\d+| cannot be read): /],
    ['ten million characters', 'x'.repeat(10_000_000), /^t\.yaml has 10000000 characters/],
  ])('is refused for %s, in one message', (_what, text, message) => {
    const read = () => parseTemplate(text, 't.yaml');
    expect(read).toThrow(AssemblyError);
    expect(read).toThrow(message);
  });

  it('is refused where its value is inside of itself', async () => {
    const text = 'Resources:\n  A: &a { Type: AWS::SNS::Topic, Properties: { TopicName: [*a] } }\n';
    await expect(readTemplateFile(join(folder, 't.yaml'), text)).resolves.toBeDefined();
    const machine = `Resources:\n  M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { Definition: &a { StartAt: *a } } }\n`;
    await expect(readTemplateFile(join(folder, 't.yaml'), machine)).rejects.toThrow(
      /t\.yaml is nested too deep, or in itself\.$/,
    );
  });

  it('keeps merge keys, anchors, and a byte-order mark', () => {
    const text = '\uFEFFResources:\n  A: &a { Type: x, Z: 1 }\n  B: { <<: *a, Z: 2 }\n';
    expect(parseTemplate(text, 't.yaml').value['Resources']).toEqual({
      A: { Type: 'x', Z: 1 },
      B: { Type: 'x', Z: 2 },
    });
  });
});

describe('what is a template', () => {
  it.each([
    [true, 'AWSTemplateFormatVersion: x\nResources:\n  A: 1\n'],
    [true, '{"AWSTemplateFormatVersion":"2010-09-09","Resources":{}}'],
    [true, '{\n  "Resources": {\n'],
    // A definition whose call takes Resources, as ec2:createTags does.
    [
      false,
      '{\n "StartAt": "A", "States": { "A": { "Type": "Task", "Parameters": {\n "Resources": [] } } } }',
    ],
    [false, 'StartAt: A\nStates:\n  A:\n    Parameters:\n      Resources: []\n'],
    [false, '\n'.repeat(300_000)],
  ])('%s: %j', (expected, text) => {
    expect(isTemplate(text)).toBe(expected);
  });
});
