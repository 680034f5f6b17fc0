import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bringIn, type BroughtIn } from './bring-in.ts';
import { examplePayload, payloadText } from './contract-text.ts';
import { readForeign } from './read-foreign.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'harmony-import-'));
});
afterAll(() => rmSync(root, { recursive: true }));

function bring(file: string, text: string | object): BroughtIn {
  writeFileSync(join(root, file), typeof text === 'string' ? text : JSON.stringify(text));
  return bringIn(readForeign(root, file));
}

interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
const definitionOf = ({ definition }: BroughtIn) => definition as Definition;

const yaml = `# Orders
Comment: \${comment_of_ours}
QueryLanguage: JSONata
TimeoutSeconds: 30
StartAt: Charge
States:
  Charge: # first
    Type: Task
    Resource: \${ChargeCardFunction.Arn}
    Next: Tell
  Tell:
    Type: Task
    Resource: arn:\${AWS::Partition}:states:::lambda:invoke
    Arguments: { FunctionName: "\${tell_customer_lambda_arn}:$LATEST", Payload: { in: "\${AWS::Region}" } }
    Output: "{% \${ 'a': 1 } %}"
    Next: Wait
  Wait: { Type: Wait, Seconds: "\${Pause}", Next: Elsewhere }
  Elsewhere:
    Type: Task
    Resource: arn:aws:lambda:us-east-1:123456789012:function:audit
    End: true
`;

describe('a definition that is brought in', () => {
  it('starts with Check input, whose payload is what its states read as their input', () => {
    const { StartAt, States } = definitionOf(bring('orders.yaml', yaml));
    expect(StartAt).toBe('Check input');
    expect(Object.keys(States)[0]).toBe('Check input');
    expect(States['Check input']).toMatchObject({
      Arguments: { FunctionName: '${CheckInput}' },
      Output: '{% $states.result.Payload.payload %}',
      Next: 'Charge',
    });
  });

  it('keeps its comments, its language and its format; the timeout is the construct’s', () => {
    const { text, timeout } = bring('orders.yml', yaml);
    expect(text).toContain('# Orders');
    expect(text).toContain('# first');
    expect(text).toContain('QueryLanguage: JSONata');
    expect(timeout).toBe(30);
    expect(parse(text)).not.toHaveProperty('TimeoutSeconds');
    const json = bring('o.asl.json', { StartAt: 'A', States: { A: { Type: 'Succeed' } } });
    expect(JSON.parse(json.text)).toMatchObject({
      States: { 'Check input': { OutputPath: '$.Payload.payload', Next: 'A' } },
    });
    expect(json).not.toHaveProperty('timeout');
  });

  it('has our substitutions, whatever their spelling was', () => {
    const brought = bring('orders.yaml', yaml);
    expect(brought.substitutions).toEqual([
      { was: 'comment_of_ours', name: 'CommentOfOurs' },
      { was: 'ChargeCardFunction.Arn', name: 'ChargeCard', handler: 'charge-card' },
      { was: 'tell_customer_lambda_arn', name: 'TellCustomer', handler: 'tell-customer' },
      { was: 'AWS::Region', name: 'AwsRegion', pseudo: 'REGION' },
      { was: 'Pause', name: 'Pause' },
    ]);
    expect(definitionOf(brought).States).toMatchObject({
      Charge: { Resource: '${ChargeCard}' },
      Tell: {
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: '${TellCustomer}', Payload: { in: '${AwsRegion}' } },
        Output: "{% ${ 'a': 1 } %}",
      },
    });
  });

  it('says what is left to do', () => {
    expect(bring('orders.yaml', yaml).leftToDo).toEqual([
      expect.stringContaining('`${ChargeCardFunction.Arn}` to `src/handlers/charge-card.ts`'),
      expect.stringContaining('`${tell_customer_lambda_arn}` to `src/handlers/tell-customer.ts`'),
      expect.stringContaining('Give `${CommentOfOurs}` (`${comment_of_ours}` before) a value'),
      expect.stringContaining('Give `${Pause}`'),
      expect.stringContaining('function:audit` is a function that is deployed elsewhere'),
      '/States/Wait/Seconds takes a number, and ${Pause} gives a text: write the number there.',
    ]);
  });

  it('finds functions at every depth, and what reads the whole input', () => {
    const inner = (Resource: string, more = {}) => ({
      ...{ StartAt: 'In', States: { In: { Type: 'Task', Resource, End: true, ...more } } },
    });
    const brought = bring('deep.json', {
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [inner('${Both}'), inner('${SomeActivity}')],
          Next: 'Each',
        },
        Each: {
          ...{ Type: 'Map', End: true },
          Iterator: inner('arn:aws:states:::lambda:invoke', {
            Parameters: {
              FunctionName:
                'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${delete}:live',
              'Payload.$': '$$.Execution.Input.order',
            },
          }),
        },
      },
    });
    expect(brought.substitutions.filter(({ handler }) => handler !== undefined)).toEqual([
      { was: 'Both', name: 'Both', handler: 'both' },
      // `delete` means something in TypeScript.
      { was: 'delete', name: 'DeleteHandler', handler: 'delete-handler' },
    ]);
    expect(JSON.stringify(brought.definition)).toContain('"FunctionName":"${DeleteHandler}"');
    expect(brought.leftToDo.at(-1)).toContain(
      "Payload.$ reads the execution's whole input: its fields are in `.payload` there now.",
    );
  });

  it('gives two that would have one name two, and takes values without quotes', () => {
    const text = `{ "StartAt": "A", "States": {
      "A": { "Type": "Task", "Resource": "\${Pay}", "TimeoutSeconds": \${Pause}, "Next": "B" },
      "B": { "Type": "Task", "Resource": "\${pay_arn}", "Comment": "say \\"\${pay_arn}\\"", "End": true } } }`;
    const brought = bring('two.json', text);
    expect(brought.substitutions.map(({ name }) => name)).toEqual(['Pay', 'Pause', 'Pay2']);
    expect(definitionOf(brought).States['B']).toMatchObject({
      Resource: '${Pay2}',
      Comment: 'say "${Pay2}"',
    });
    const flow = 'StartAt: A\nStates:\n  A: { Type: Wait, Seconds: ${Pause}, End: true }\n';
    expect(definitionOf(bring('flow.yaml', flow)).States['A']).toMatchObject({
      Seconds: '${Pause}',
    });
  });
});

describe('what cannot be brought in', () => {
  it.each([
    ['gone.json', undefined, 'gone.json cannot be read: there is no such file.'],
    ['a.txt', 'x', "--from takes a definition's file"],
    ['torn.json', '{ "StartAt": }', /^torn\.json:1:\d+: it is not JSON/],
    ['torn.yaml', 'States:\n  A: [1\n', /^torn\.yaml:\d+:\d+: /],
    ['tag.yaml', 'StartAt: !Sub a\nStates: {}\n', /^tag\.yaml:1:\d+: .*!Sub/],
    ['list.json', '[]', 'list.json holds no state machine'],
    ['template.yaml', 'Resources: {}\n', 'It is a template: give the file of one definition'],
    ['taken.json', { StartAt: 'Check input', States: { 'Check input': {} } }, 'rename that one'],
  ])('%s', (file, text, message) => {
    const brings = (): unknown =>
      text === undefined ? readForeign(root, file) : bring(file, text);
    expect(brings).toThrow(message);
  });
});

describe('the contract that is drafted', () => {
  const draft = {
    optional: false,
    fields: {
      'order-id': { type: 'string', optional: false, fields: {} },
      rush: { optional: true, fields: {} },
      lines: {
        ...{ type: 'array', optional: true, fields: {} },
        item: {
          ...{ type: 'object', optional: false },
          fields: { price: { type: 'number', optional: false, fields: {} } },
        },
      },
    },
  };

  it('is open, in Zod, with an example', () => {
    expect(payloadText(draft)).toBe(
      [
        'z.looseObject({',
        '"order-id": z.string(),',
        '"rush": z.unknown().optional(),',
        '"lines": z.array(z.looseObject({\n"price": z.number(),\n})).optional(),',
        '})',
      ].join('\n'),
    );
    expect(examplePayload({ ...draft, type: 'object' })).toEqual({
      ...{ 'order-id': 'text', rush: 'text', lines: [{ price: 1 }] },
    });
    expect(payloadText({ fields: {} })).toBe('z.looseObject({})');
  });
});
