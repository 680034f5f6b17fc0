import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateDefinition } from './definition.ts';
import { readDefinitionText } from './positions.ts';
import { validateText } from './text.ts';

describe('a YAML file', () => {
  it('is valid with substitutions in its strings', () => {
    const source = `
StartAt: Check input
States:
  Check input:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Parameters:
      FunctionName: \${CheckInput}
    Next: Other
  Other: { Type: Task, Resource: "\${Other}", End: true }
`;
    expect(validateText(source, { path: 'workflow.asl.yaml' })).toEqual({
      file: 'workflow.asl.yaml',
      valid: true,
      errors: [],
      warnings: [],
    });
  });

  it('has its findings at the key that is wrong', () => {
    const source = [
      'StartAt: A',
      'States:',
      '  A:',
      '    Type: Wait',
      '    Seconds: -5',
      '    End: true',
    ];
    const { valid, errors } = validateText(source.join('\n'), { path: 'a.yaml' });
    expect(valid).toBe(false);
    expect(errors).toMatchObject([{ pointer: '/States/A/Seconds', line: 5, column: 5 }]);
  });

  it('has what is missing at the state that lacks it', () => {
    const source = 'StartAt: A\nStates:\n  A:\n    Type: Pass\n';
    expect(validateText(source, { path: 'a.yaml' }).errors).toMatchObject([
      { pointer: '/States/A', line: 3, column: 3 },
    ]);
  });

  it('says where it stops being YAML', () => {
    const { errors } = validateText('StartAt: A\nStates: [', { path: 'a.yaml' });
    expect(errors).toMatchObject([{ code: 'INVALID_JSON_DESCRIPTION', line: 2 }]);
  });

  it('may not say the same key twice', () => {
    const source = 'StartAt: A\nStates:\n  A: { Type: Succeed }\n  A: { Type: Fail }\n';
    expect(validateText(source, { path: 'a.yaml' }).errors).toMatchObject([{ line: 4 }]);
  });
});

describe('a JSON file', () => {
  it('has its findings by line and column, counted from 1', () => {
    const source =
      '{\n  "StartAt": "A",\n  "States": {\n    "A": { "Type": "Pass", "Next": "B" }\n  }\n}';
    expect(validateText(source, { path: 'a.json' }).errors).toMatchObject([
      { code: 'MISSING_TRANSITION_TARGET', pointer: '/States/A/Next', line: 4, column: 28 },
      { code: 'MISSING_END_STATE', pointer: '/States', line: 3, column: 3 },
    ]);
  });

  it('must be JSON, not just YAML', () => {
    expect(validateText('StartAt: A', { path: 'a.json' }).errors).toMatchObject([{ line: 1 }]);
    expect(validateText('{\n"a": 1,\n}', { path: 'a.json' }).errors).toMatchObject([{ line: 3 }]);
  });

  it('tells warnings from errors', () => {
    const choice = { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'E' }] };
    const source = JSON.stringify({ StartAt: 'C', States: { C: choice, E: { Type: 'Succeed' } } });
    const { valid, errors, warnings } = validateText(source, { path: 'a.json' });
    expect([valid, errors]).toEqual([true, []]);
    expect(warnings).toMatchObject([{ code: 'NO_CHOICE_DEFAULT', pointer: '/States/C' }]);
  });
});

describe('a substitution', () => {
  const json = `{
  "StartAt": "\${First}",
  "TimeoutSeconds": \${Limit},
  "States": {
    "A": { "Type": "Wait", "Seconds": "\${Pause}", "Next": "\${Then}" },
    "B": \${Whole},
    "C": {
      "Type": "Task",
      "Resource": "\${Arn}",
      "TimeoutSeconds": \${Limit},
      "Retry": [{ "ErrorEquals": ["\${Name}"], "MaxAttempts": \${Tries}, "IntervalSeconds": 1 }],
      "Catch": \${Catchers},
      "End": \${Last}
    },
    "D": { "Type": "Wait", "Timestamp": "\${When}", "End": true }
  }
}`;
  const yaml = [
    'StartAt: ${First}',
    'TimeoutSeconds: ${Limit}',
    'States:',
    '  A: { Type: Wait, Seconds: ${Pause}, Next: B }',
    '  B:',
    '    Type: Map',
    '    MaxConcurrency: ${Width} # how many',
    "    Comment: 'quoted: ${X}, and so on'",
    '    ItemProcessor: ${Processor}',
    '    End: true',
    '  C: ${Whole}',
  ].join('\n');

  it.each([
    ['a.json', json],
    ['a.yaml', yaml],
  ])('is accepted wherever it stands: %s', (path, source) => {
    expect(validateText(source, { path }).errors).toEqual([]);
  });

  it('leaves every place where it was, and what stands beside it checked', () => {
    const source = json.replace('"IntervalSeconds": 1', '"IntervalSeconds": 0');
    expect(validateText(source, { path: 'a.json' }).errors).toMatchObject([
      { pointer: '/States/C/Retry/0/IntervalSeconds', line: 11, column: 72 },
    ]);
    const wrong = yaml.replace('Seconds: ${Pause}', 'Seconds: "soon${Pause}"');
    expect(validateText(wrong, { path: 'a.yaml' }).errors).toMatchObject([
      { pointer: '/States/A/Seconds', line: 4 },
    ]);
  });

  it('is no substitution to the service itself', () => {
    const state = { Type: 'Wait', Seconds: '${Pause}', End: true };
    expect(validateDefinition({ StartAt: 'A', States: { A: state } })).toMatchObject([
      { pointer: '/States/A/Seconds' },
    ]);
  });
});

it('is checked as an Express machine when asked', () => {
  const source =
    'StartAt: A\nStates:\n  A: { Type: Task, Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken", End: true }';
  expect(validateText(source, { path: 'a.yaml' }).valid).toBe(true);
  expect(validateText(source, { path: 'a.yaml', type: 'EXPRESS' }).valid).toBe(false);
});

it('answers for any text', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 60 }),
      fc.constantFrom('a.json', 'a.yaml'),
      (source, path) => {
        for (const { line, column } of validateText(source, { path }).errors) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
      },
    ),
  );
  expect(validateText('a: &a [*a]', { path: 'a.yaml' }).valid).toBe(false);
  expect(validateText('', { path: 'a.yaml' }).valid).toBe(false);
});

it('what a text holds is what it says: a bare substitution too', () => {
  const { value } = readDefinitionText('FunctionName: ${CheckInput}\nList: [${A}, "${B}"]\n');
  expect(value).toEqual({ FunctionName: '${CheckInput}', List: ['${A}', '${B}'] });
});
