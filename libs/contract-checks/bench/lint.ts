/** Holds 100 children's state machines against their contracts, as text with line and column. */
import type { ContractDocument } from '@harmony/contract';
import { lintText } from '../src/lint/index.ts';

const contract: ContractDocument = {
  name: 'child',
  hash: '',
  payload: {
    type: 'object',
    properties: {
      account: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
      items: {
        type: 'array',
        items: { type: 'object', properties: { key: { type: 'string' } }, required: ['key'] },
      },
    },
    required: ['account', 'items'],
  },
  configuration: {
    type: 'object',
    properties: { mode: { enum: ['a', 'b'] }, pause: { type: 'integer', default: 1 } },
    required: ['mode'],
    additionalProperties: false,
  },
  output: {},
};

/** Six states, a loop and a Map; `number` keeps one text from being another's. */
const definition = (number: number) => `Comment: child ${number}
QueryLanguage: JSONata
StartAt: Check input
States:
  Check input:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Arguments:
      FunctionName: \${CheckInput}
      Payload:
        context: '{% $states.context %}'
        input: '{% $states.input %}'
    Assign:
      configuration: '{% $states.result.Payload.configuration %}'
      account: '{% $states.result.Payload.payload.account %}'
      pages: 0
    Output: '{% $states.result.Payload %}'
    Next: Mode?
  Mode?:
    Type: Choice
    Choices:
      - Condition: "{% $configuration.mode = 'a' and $pages < 3 %}"
        Next: Pause
    Default: Each
  Pause:
    Type: Wait
    Seconds: '{% $configuration.pause %}'
    Next: Count
  Count:
    Type: Pass
    Assign:
      pages: '{% $pages + 1 %}'
    Next: Mode?
  Each:
    Type: Map
    Items: '{% $states.input.payload.items %}'
    ItemProcessor:
      StartAt: Put
      States:
        Put:
          Type: Task
          Resource: arn:aws:states:::dynamodb:putItem
          Arguments:
            Item:
              key: '{% $states.input.key & $account.id %}'
          End: true
    End: true
`;

for (let number = 0; number < 100; number++) {
  const { problems } = lintText(definition(number), `child-${number}.asl.yaml`, contract);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
}
