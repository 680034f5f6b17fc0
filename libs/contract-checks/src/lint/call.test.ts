import { awsModels } from '@harmony/aws-calls';
import { describe, expect, test } from 'vitest';
import { contract } from '../testing/greenhouse.ts';
import { lintText } from './lint-text.ts';

const models = awsModels(import.meta.dirname);

/** Calls of an API and of optimised integrations, with what reads their answers. */
const JSONPATH = `StartAt: List
States:
  List:
    Type: Task
    Resource: arn:aws:states:::aws-sdk:iam:listUsers
    Parameters:
      MaxItems: 100
      PathPrefix.$: $$.Execution.Name
    Retry:
      - ErrorEquals: [Iam.ServiceFailureException, States.Timeout]
    ResultPath: $.listed
    Next: More?
  More?:
    Type: Choice
    Choices:
      - Variable: $.listed.Marker
        IsPresent: true
        Next: Describe
    Default: Publish
  Describe:
    Type: Task
    Resource: arn:aws:states:::aws-sdk:sfn:describeExecution
    Parameters:
      ExecutionArn.$: $$.Execution.Id
    ResultSelector:
      started.$: $.StartDate
      arn.$: $.ExecutionArn
    ResultPath: $.described
    Next: Publish
  Publish:
    Type: Task
    Resource: arn:aws:states:::sns:publish
    Parameters:
      TopicArn: \${TopicArn}
      Message:
        first.$: $.listed.Users[0].UserName
        all.$: $.listed.Users[*].Arn
        cut.$: $.listed.IsTruncated
    ResultSelector:
      id.$: $.MessageId
    Catch:
      - ErrorEquals: [SNS.KmsThrottlingException]
        Next: End
    Next: End
  End:
    Type: Succeed
`;

const JSONATA = `QueryLanguage: JSONata
StartAt: Report
States:
  Report:
    Type: Task
    Resource: arn:aws:states:::aws-sdk:iam:getCredentialReport
    Output: '{% $uppercase($states.result.Content) %}'
    Assign:
      at: '{% $states.result.GeneratedTime %}'
    Next: Cost
  Cost:
    Type: Task
    Resource: arn:aws:states:::aws-sdk:costexplorer:getCostAndUsage
    Arguments:
      TimePeriod:
        Start: '2026-11-01'
        End: '{% $substring($at, 0, 10) %}'
      Granularity: MONTHLY
      Metrics: '{% ["UnblendedCost"] %}'
    Assign:
      token: "{% $exists($states.result.NextPageToken) ? $states.result.NextPageToken : '' %}"
    Output: '{% [$states.result.ResultsByTime.Total] %}'
    Next: Tell
  Tell:
    Type: Task
    Resource: arn:aws:states:::events:putEvents
    Arguments:
      Entries:
        - Source: greenhouse
          DetailType: Done
          Detail:
            at: '{% $at %}'
    Output: '{% $states.result.FailedEntryCount + 1 %}'
    End: true
`;

const lint = (text: string) => lintText(text, 'w.asl.yaml', undefined, { models });

function tampered(text: string, from: string, to: string) {
  expect(text.split(from)).toHaveLength(2);
  return lint(text.replace(from, () => to)).findings;
}

test('calls and answers as AWS has them are let through, and traced', () => {
  for (const text of [JSONPATH, JSONATA]) {
    const { findings, untraced, notChecked } = lint(text);
    expect([findings, notChecked, untraced]).toEqual([[], [], []]);
  }
});

describe('a call is refused', () => {
  test.each([
    [
      'of a misspelt service',
      JSONPATH,
      'aws-sdk:iam:listUsers',
      'aws-sdk:iamm:listUsers',
      'CALL_UNKNOWN /States/List/Resource AWS has no service iamm: did you mean iam?',
    ],
    [
      'of a misspelt action',
      JSONPATH,
      'iam:listUsers',
      'iam:listUser',
      'CALL_UNKNOWN /States/List/Resource AWS has no action iam:listUser: did you mean listUsers?',
    ],
    [
      'with a misspelt member',
      JSONPATH,
      'MaxItems:',
      'MaxItem:',
      'MEMBER_UNKNOWN /States/List/Parameters/MaxItem MaxItem is no member of the call: did you mean MaxItems?',
    ],
    [
      'with a member spelt as the API does',
      JSONPATH,
      'ExecutionArn.$:',
      'executionArn.$:',
      'MEMBER_UNKNOWN /States/Describe/Parameters/executionArn.$ executionArn is no member of the call: did you mean ExecutionArn?',
    ],
    [
      'with a misspelt member deep in it',
      JSONATA,
      'DetailType:',
      'DetailTyp:',
      'MEMBER_UNKNOWN /States/Tell/Arguments/Entries/0/DetailTyp DetailTyp is no member of Entries[]: did you mean DetailType?',
    ],
    [
      'without a required member',
      JSONATA,
      '      Granularity: MONTHLY\n',
      '',
      'MEMBER_MISSING /States/Cost/Arguments the call lacks Granularity, which AWS requires',
    ],
    [
      'with a literal of the wrong type',
      JSONPATH,
      'MaxItems: 100',
      'MaxItems: many',
      'MEMBER_TYPE /States/List/Parameters/MaxItems MaxItems takes a number, but is given a string',
    ],
    [
      'with an object for a text',
      JSONATA,
      "Start: '2026-11-01'",
      'Start: {}',
      'MEMBER_TYPE /States/Cost/Arguments/TimePeriod/Start TimePeriod.Start takes a string, but is given an object',
    ],
    [
      'with an expression that gives another type',
      JSONATA,
      `'{% ["UnblendedCost"] %}'`,
      "'{% $length($at) %}'",
      'MEMBER_TYPE /States/Cost/Arguments/Metrics Metrics takes an array, but is given a number',
    ],
    [
      'with a path to another type',
      JSONPATH,
      'PathPrefix.$: $$.Execution.Name',
      'PathPrefix.$: $$.Execution.RedriveCount',
      'MEMBER_TYPE /States/List/Parameters/PathPrefix.$ PathPrefix takes a string, but is given a number',
    ],
  ])('%s', (_, text, from, to, expected) => {
    const found = tampered(text, from, to).filter(({ severity }) => severity === 'error');
    expect(found.map(({ code, path, message }) => `${code} ${path} ${message}`)).toEqual([
      expected,
    ]);
    expect(found[0]).toMatchObject({ file: 'w.asl.yaml', line: expect.any(Number) as unknown });
    expect(found[0]?.line).toBeGreaterThan(3);
  });

  test('and warned of with a value that the model does not know', () => {
    expect(tampered(JSONATA, 'MONTHLY', 'MONTHLI')).toMatchObject([
      {
        ...{
          code: 'MEMBER_VALUE',
          severity: 'warning',
          path: '/States/Cost/Arguments/Granularity',
        },
        message: `"MONTHLI" is no value of Granularity that AWS's model knows: did you mean MONTHLY?`,
      },
    ]);
  });

  test('and warned of where Step Functions makes a number of a text', () => {
    expect(tampered(JSONPATH, 'MaxItems: 100', "MaxItems: '100'")).toMatchObject([
      { code: 'MEMBER_TYPE', severity: 'warning', path: '/States/List/Parameters/MaxItems' },
    ]);
  });

  test('or counted as not checked, with the command that brings its model', () => {
    const { findings, notChecked } = lint(JSONPATH.replace('iam:listUsers', 'braket:getJob'));
    expect(findings).toEqual([]);
    expect(notChecked).toMatchObject([
      {
        ...{ code: 'CALL_NOT_CHECKED', severity: 'notice', path: '/States/List/Resource', line: 5 },
        fix: 'npm install --save-dev @aws-sdk/client-braket',
      },
    ]);
  });
});

describe('what reads an answer is refused', () => {
  test.each([
    [
      'for a misspelt field',
      JSONPATH,
      '[0].UserName',
      '[0].UserNam',
      'FIELD_UNDECLARED /States/Publish/Parameters/Message/first.$ did you mean UserName?',
    ],
    [
      'for a field of an optimised answer',
      JSONPATH,
      '$.MessageId',
      '$.MesageId',
      'FIELD_UNDECLARED /States/Publish/ResultSelector/id.$ did you mean MessageId?',
    ],
    [
      'for an item of an object',
      JSONPATH,
      '$.listed.Users[0]',
      '$.listed.IsTruncated[0]',
      "TYPE_MISMATCH /States/Publish/Parameters/Message/first.$ isn't an array",
    ],
    [
      'in JSONata',
      JSONATA,
      'ResultsByTime.Total',
      'ResultsByTime.Totl',
      'FIELD_UNDECLARED /States/Cost/Output did you mean Total?',
    ],
    [
      'for a number of a text',
      JSONATA,
      '$uppercase($states.result.Content)',
      '$states.result.Content + 1',
      'TYPE_MISMATCH /States/Report/Output takes a number',
    ],
    [
      'for a number by a function of a text',
      JSONATA,
      '$uppercase($states.result.Content)',
      '$round($states.result.Content)',
      'TYPE_MISMATCH /States/Report/Output $round() takes a number, but $states.result.Content is a string',
    ],
  ])('%s', (_, text, from, to, expected) => {
    const found = tampered(text, from, to);
    const [code = '', path = '', ...words] = expected.split(' ');
    expect(found).toMatchObject([{ code, path, severity: 'error' }]);
    expect(found[0]?.message).toContain(words.join(' '));
  });

  test('without a guard, where the model knows that it may be absent', () => {
    const unguarded = tampered(
      JSONATA,
      `"{% $exists($states.result.NextPageToken) ? $states.result.NextPageToken : '' %}"`,
      "'{% $states.result.NextPageToken %}'",
    );
    expect(unguarded).toMatchObject([
      { code: 'FIELD_OPTIONAL', path: '/States/Cost/Assign/token' },
    ]);
    expect(tampered(JSONPATH, '$.StartDate', '$.StopDate')).toMatchObject([
      {
        ...{ code: 'FIELD_OPTIONAL', path: '/States/Describe/ResultSelector/started.$' },
        message: '$.StopDate: "StopDate" may be absent; ask with IsPresent in a Choice before',
      },
    ]);
  });
});

test('answers are traced through batches, branches and by place', () => {
  const users = 'arn:aws:states:::aws-sdk:iam:listUsers';
  const get = 'arn:aws:states:::dynamodb:getItem';
  const text = `QueryLanguage: JSONata
StartAt: Both
States:
  Both:
    Type: Parallel
    Branches:
      - StartAt: List
        States: { List: { Type: Task, Resource: '${users}', End: true } }
      - StartAt: Get
        States:
          Get: { Type: Task, Resource: '${get}', Arguments: { TableName: t, Key: {} }, End: true }
    Next: Each
  Each:
    Type: Map
    Items: '{% $states.input[0].Users %}'
    ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { got: '{% $exists($states.input[1].Item) %}' } }
    ItemProcessor:
      ProcessorConfig: { Mode: DISTRIBUTED, ExecutionType: STANDARD }
      StartAt: One
      States:
        One:
          Type: Pass
          Output: { name: '{% $states.input.Items.UserName %}', got: '{% $states.input.BatchInput.got %}' }
          End: true
    End: true
`;
  expect(lint(text)).toMatchObject({ findings: [], untraced: [] });
  expect(tampered(text, 'Items.UserName', 'Items.UserNam')).toMatchObject([
    { code: 'FIELD_UNDECLARED', path: '/States/Each/ItemProcessor/States/One/Output/name' },
  ]);
  expect(tampered(text, 'input[0].Users', 'input[1].Users')).toMatchObject([
    { code: 'FIELD_UNDECLARED', path: '/States/Each/Items' },
  ]);
  const unguarded = tampered(text, '$exists($states.input[1].Item)', '$states.input[1].Item.a.S');
  expect(unguarded).toMatchObject([{ code: 'FIELD_OPTIONAL' }]);
});

test('a function that is called by its own ARN takes and gives what it likes', () => {
  const text = `StartAt: Call
States:
  Call:
    Type: Task
    Resource: arn:aws:lambda:eu-central-1:123456789012:function:f
    Parameters: { anything: 1 }
    ResultSelector: { some.$: $.thing }
    End: true
`;
  expect(lint(text)).toMatchObject({ findings: [], notChecked: [], untraced: [{}] });
});

describe('an error that a call cannot give is warned of', () => {
  test.each([
    [
      'Iam.ServiceFailureException',
      'Iam.ServiceFailure',
      '/States/List/Retry/0/ErrorEquals/0 iam:listUsers cannot give the error Iam.ServiceFailure: did you mean Iam.ServiceFailureException?',
    ],
    [
      'SNS.KmsThrottlingException',
      'SNS.KmsThrottledException',
      '/States/Publish/Catch/0/ErrorEquals/0 sns:publish cannot give the error SNS.KmsThrottledException: did you mean SNS.KmsThrottlingException?',
    ],
  ])('%s', (from, to, expected) => {
    const found = tampered(JSONPATH, from, to);
    expect(found.map(({ path, message }) => `${path} ${message}`)).toEqual([expected]);
    expect(found).toMatchObject([{ code: 'ERROR_UNKNOWN', severity: 'warning' }]);
  });
});

test('a child is held to its contract and to its calls in one', () => {
  const { findings } = lintText(JSONPATH.replace('MaxItems', 'MaxItem'), 'w', contract, { models });
  expect(findings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['MEMBER_UNKNOWN', 'FIELD_UNUSED']),
  );
});
