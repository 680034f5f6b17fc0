import { awsModels } from '@harmony/aws-calls';
import { describe, expect, test } from 'vitest';
import { lintText } from './lint-text.ts';

const models = awsModels(import.meta.dirname);

const DEFINITION = `StartAt: Each
States:
  Each:
    Type: Map
    ItemProcessor:
      StartAt: Look
      States:
        Look:
          Type: Task
          Resource: arn:aws:states:::aws-sdk:iam:getUser
          ResultPath: $.found
          Next: Tell
        Tell:
          Type: Task
          Resource: arn:aws:states:::sns:publish
          Parameters:
            TopicArn: \${Topic}
            Message: Found
          End: true
    End: true
`;

const USER = `{ "Path": "/", "UserName": "ann", "UserId": "AIDA", "Arn": "arn", "CreateDate": "2026-11-22T06:00:00Z" }`;
const MOCKS = `{
  "StateMachines": {
    "greenhouse": {
      "TestCases": {
        "HappyPath": { "Look": "Ann", "Tell": "Told" },
        "Gone": { "Look": "Nobody" }
      }
    },
    "other": { "TestCases": { "HappyPath": { "Look": "Unchecked" } } }
  },
  "MockedResponses": {
    "Ann": {
      "0": {
        "Return": { "User": ${USER} }
      }
    },
    "Nobody": {
      "0": { "Throw": { "Error": "Iam.NoSuchEntityException", "Cause": "no such user" } }
    },
    "Told": { "0-9": { "Return": { "MessageId": "a" } } },
    "Unchecked": { "0": { "Return": 1 } }
  }
}
`;

const lint = (text: string) =>
  lintText(DEFINITION, 'workflow.asl.yaml', undefined, {
    models,
    mocks: { file: 'mocks.json', text, child: 'greenhouse' },
  });

function tampered(from: string, to: string) {
  expect(MOCKS.split(from)).toHaveLength(2);
  return lint(MOCKS.replace(from, to)).findings.map(
    ({ code, severity, file, line, path, message }) =>
      `${file}:${line} ${severity} ${code} ${path} ${message}`,
  );
}

test('mocks that answer as the calls do are let through', () => {
  expect(lint(MOCKS)).toMatchObject({ valid: true, findings: [] });
});

describe('a mock is refused', () => {
  test.each([
    [
      'with a member that the call does not give',
      '"UserName"',
      '"UserNam"',
      [
        'mocks.json:14 warning MOCK_MEMBER_MISSING /MockedResponses/Ann/0/Return/User lacks UserName, which the call always gives (iam:getUser, in the state Look)',
        'mocks.json:14 error MOCK_RETURN /MockedResponses/Ann/0/Return/User/UserNam is nothing that the call gives: did you mean UserName? (iam:getUser, in the state Look)',
      ],
    ],
    [
      'with a value of another type',
      '"MessageId": "a"',
      '"MessageId": 7',
      [
        'mocks.json:20 error MOCK_RETURN /MockedResponses/Told/0-9/Return/MessageId is a number, where the call gives a string (sns:publish, in the state Tell)',
      ],
    ],
    [
      'with an error that the call cannot give',
      'Iam.NoSuchEntityException',
      'Iam.NoSuchEntity',
      [
        'mocks.json:18 error MOCK_THROW /MockedResponses/Nobody/0/Throw/Error Iam.NoSuchEntity is no error that iam:getUser can give, which the state Look calls: did you mean Iam.NoSuchEntityException?',
      ],
    ],
    [
      'for a state that does not exist',
      '"Gone": { "Look"',
      '"Gone": { "Lok"',
      [
        'mocks.json:6 error MOCK_STATE_UNKNOWN /StateMachines/greenhouse/TestCases/Gone/Lok is no state of the state machine: did you mean Look?',
      ],
    ],
    [
      'that is no JSON',
      '"StateMachines": {',
      '"StateMachines": [',
      [expect.stringMatching(/^mocks\.json:\d+ error MOCKS_UNREADABLE /) as unknown as string],
    ],
  ])('%s', (_, from, to, expected) => {
    expect(tampered(from, to).sort()).toEqual([...expected].sort());
  });
});

test('a mock says itself how closely it is held', () => {
  const missing = MOCKS.replace('"UserName": "ann", ', '').replace('"Path": "/"', '"Path": 1');
  const codes = (mode: string) =>
    lint(
      missing.replace('"Return": { "User"', `"FieldValidationMode": "${mode}", "Return": { "User"`),
    )
      .findings.map(({ code }) => code)
      .sort();
  expect(codes('STRICT')).toEqual(['MOCK_MEMBER_MISSING', 'MOCK_RETURN']);
  expect(codes('PRESENT')).toEqual(['MOCK_RETURN']);
  expect(codes('NONE')).toEqual([]);
});
