import type { PolicyStatement, StateMachine } from '@harmony/assembly';
import { describe, expect, test } from 'vitest';
import { checkPermissions } from './check-permissions.ts';
import { mayBeAllowed } from './statements.ts';

const ROLE = 'arn:aws:iam::123456789012:role/r';

const allow = (
  actions: readonly string[],
  resources: readonly string[] = ['*'],
  more: Partial<PolicyStatement> = {},
): PolicyStatement => ({
  effect: 'Allow',
  actions,
  notActions: [],
  resources,
  notResources: [],
  conditional: more.conditions !== undefined,
  ...more,
});

const STATES = {
  Read: {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
    Arguments: { Bucket: 'reports', Key: '{% $key %}' },
  },
  All: {
    Type: 'Map',
    ItemProcessor: {
      States: {
        Tell: {
          Type: 'Task',
          Resource: 'arn:aws:states:::events:putEvents',
          Arguments: { Entries: [{ Source: 'shop', DetailType: 'Sold', Detail: {} }] },
        },
      },
    },
  },
  Both: {
    Type: 'Parallel',
    Branches: [
      {
        States: {
          Ask: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Arguments: { FunctionName: 'arn:aws:lambda:us-east-1:123456789012:function:f' },
          },
        },
      },
    ],
  },
};
const SUFFICIENT = [
  allow(['s3:GetObject'], ['arn:aws:s3:::reports/*']),
  allow(['events:PutEvents'], ['*'], {
    conditions: { StringEquals: { 'events:source': ['shop'] } },
  }),
  allow(['lambda:InvokeFunction'], ['arn:aws:lambda:us-east-1:123456789012:function:f']),
  allow(['xray:PutTraceSegments', 'logs:CreateLogDelivery', 'kms:Decrypt']),
];

function found(policies: readonly PolicyStatement[], more: Partial<StateMachine>) {
  const machine: StateMachine = {
    stage: 'dev',
    stack: 'dev-shop',
    logicalId: 'M',
    name: 'dev-shop',
    arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:dev-shop',
    roleArn: ROLE,
    type: 'STANDARD',
    definition: { States: STATES },
    policies,
    foreignPolicies: [],
    ...more,
  };
  const stages = [{ name: 'dev', stateMachines: [machine], functions: [] }];
  return checkPermissions({ stages });
}

function findings(
  policies: readonly PolicyStatement[],
  more: Partial<StateMachine> = {},
): readonly string[] {
  return found(policies, more).map(
    ({ severity, code, path, message }) => `${severity} ${code} ${path}: ${message}`,
  );
}

const fixes = (more: Partial<StateMachine>) => found([], more).map(({ fix }) => fix);

const without = (index: number, ...instead: readonly PolicyStatement[]) => [
  ...SUFFICIENT.filter((_, at) => at !== index),
  ...instead,
];

describe('the role of a child against its calls', () => {
  test('is sound when it allows what is called and no more', () => {
    expect(findings(SUFFICIENT)).toEqual([]);
  });

  test.each([
    [0, 'Read', 's3:getObject', 's3:GetObject on arn:aws:s3:::reports/*'],
    [
      2,
      'Ask',
      'lambda:invoke',
      'lambda:InvokeFunction on arn:aws:lambda:us-east-1:123456789012:function:f',
    ],
  ])(
    'names the state, the action and the role for one too few (%i)',
    (index, state, call, what) => {
      expect(findings(without(index))).toEqual([
        `error PERMISSION_MISSING dev › dev-shop › ${state}: calls ${call}, but the role ${ROLE} does not allow ${what}`,
      ]);
    },
  );

  test.each([
    ['another resource', 0, allow(['s3:GetObject'], ['arn:aws:s3:::other/*'])],
    ['the bucket alone', 0, allow(['s3:GetObject'], ['arn:aws:s3:::reports'])],
    [
      'another source of events',
      1,
      allow(['events:PutEvents'], ['*'], {
        conditions: { StringEquals: { 'events:source': ['garden'] } },
      }),
    ],
    ['a statement without actions', 0, allow([])],
    ['a statement without resources', 0, allow(['s3:GetObject'], [])],
    ['a denial', 3, { ...allow(['lambda:InvokeFunction']), effect: 'Deny' as const }],
  ])('sees that %s does not do', (_, index, statement) => {
    expect(findings(without(index, statement))).toMatchObject([
      expect.stringMatching(/^error PERMISSION_MISSING/),
    ]);
  });

  test('names the statement to add, ready to paste, for any service', () => {
    const call = (resource: string, Parameters = {}) => ({
      ...{ Type: 'Task', Resource: `arn:aws:states:::aws-sdk:${resource}`, Parameters },
    });
    const States = { A: call('dynamodb:getItem'), B: call('vpclattice:listServices') };
    expect(fixes({ definition: { States } })).toEqual([
      "add to the construct's policies: new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: ['arn:aws:dynamodb:us-east-1:123456789012:table/*'] })",
      "add to the construct's policies: new PolicyStatement({ actions: ['vpc-lattice:ListServices'], resources: ['*'] })",
    ]);
  });

  test('warns of an action that nothing calls, and of a pattern that allows more than is called', () => {
    expect(findings([...SUFFICIENT, allow(['s3:DeleteObject'])])).toEqual([
      `warning PERMISSION_UNUSED dev › dev-shop: the role ${ROLE} allows s3:DeleteObject, which no state calls`,
    ]);
    expect(findings(without(0, allow(['s3:*'])))).toEqual([
      `warning PERMISSION_UNUSED dev › dev-shop: the role ${ROLE} allows s3:*, of which only s3:GetObject is called`,
    ]);
    expect(findings(without(3, allow(['*'])))).toMatchObject([
      expect.stringContaining('allows *,'),
    ]);
  });

  test('says what it could not check, and passes it over in no silence', () => {
    const definition = {
      States: {
        Odd: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:apigateway:getRestApis' },
      },
    };
    expect(findings([], { definition })).toEqual([
      "notice PERMISSION_NOT_CHECKED dev › dev-shop › Odd: calls apigateway:getRestApis, whose name doesn't tell which IAM actions it needs",
    ]);
    const foreignPolicies = ['arn:aws:iam::aws:policy/X'];
    expect(findings(without(0), { foreignPolicies })).toMatchObject([
      expect.stringMatching(/^notice .*may allow: arn:aws:iam::aws:policy\/X$/),
    ]);
  });

  test('leaves a Task with a role of its own to that role', () => {
    const Credentials = { RoleArn: 'arn:aws:iam::210987654321:role/other' };
    const definition = { States: { Read: { ...STATES.Read, Credentials } } };
    expect(findings([], { definition })).toEqual([]);
  });
});

test.each([
  ['s3:Get*', 's3:getobject', true],
  ['s3:?etObject', 's3:GetObject', true],
  ['s3:*Object', 's3:GetObjectAcl', false],
  [`${'*a'.repeat(40)}b`, 'a'.repeat(2_000), false],
])('%s covers %s: %s', (pattern, action, expected) => {
  expect(mayBeAllowed([allow([pattern])], action, undefined, {})).toBe(expected);
});
