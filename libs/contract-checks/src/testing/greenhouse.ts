import { defineContract } from '@harmony/contract';
import * as z from 'zod';

/** What the two state machines below keep, and read nearly all of. */
export const { document: contract } = defineContract({
  name: 'greenhouse',
  payload: z.object({
    site: z.object({ id: z.string(), label: z.string().optional() }),
    readings: z.array(z.object({ degrees: z.number(), at: z.string() })),
  }),
  configuration: z.strictObject({
    mode: z.enum(['heat', 'cool']),
    limit: z.number(),
    pause: z.int().default(10),
    note: z.string().optional(),
    kind: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('mail'), to: z.string() }),
      z.strictObject({ type: z.literal('none') }),
    ]),
  }),
  output: z.object({}),
  examples: [
    {
      payload: { site: { id: 'a' }, readings: [] },
      configuration: { mode: 'heat', limit: 1, kind: { type: 'none' } },
    },
  ],
});

/** References of each kind in JSONPath: a choice, a wait, parameters, a Map and its context. */
export const JSONPATH = `StartAt: Check input
States:
  Check input:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Parameters:
      FunctionName: \${CheckInput}
      Payload:
        context.$: $$
        input.$: $
    OutputPath: $.Payload
    Next: Heat or cool?
  Heat or cool?:
    Type: Choice
    Choices:
      - And:
          - Variable: $.configuration.mode
            StringEquals: heat
          - Variable: $.configuration.limit
            NumericGreaterThan: 3
        Next: Rest
      - Variable: $.payload.site.label
        IsPresent: true
        Next: Collect
    Default: Collect
  Rest:
    Type: Wait
    SecondsPath: $.configuration.pause
    Next: Collect
  Collect:
    Type: Pass
    Parameters:
      site.$: $.payload.site.id
      label.$: $.payload.site.label
      kind.$: $.configuration.kind.type
    ResultPath: $.made
    Next: Each
  Each:
    Type: Map
    ItemsPath: $.payload.readings
    ItemSelector:
      reading.$: $$.Map.Item.Value
      site.$: $.made.site
    ItemProcessor:
      StartAt: Store
      States:
        Store:
          Type: Task
          Resource: arn:aws:states:::dynamodb:putItem
          Parameters:
            Item:
              degrees.$: States.Format('{} at {}', $.reading.degrees, $.reading.at)
              site.$: $.site
              origin.$: $$.Execution.Input.payload.site.id
          End: true
    End: true
`;

/** The same in JSONata, with variables. */
export const JSONATA = `QueryLanguage: JSONata
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
      site: '{% $states.result.Payload.payload.site %}'
    Output: '{% $states.result.Payload %}'
    Next: Heat or cool?
  Heat or cool?:
    Type: Choice
    Choices:
      - Condition: "{% $configuration.mode = 'heat' and $configuration.limit > 3 %}"
        Next: Rest
    Default: Each
  Rest:
    Type: Wait
    Seconds: '{% $configuration.pause %}'
    Next: Each
  Each:
    Type: Map
    Items: '{% [$states.input.payload.readings[degrees > 3]] %}'
    ItemProcessor:
      StartAt: Store
      States:
        Store:
          Type: Task
          Resource: arn:aws:states:::dynamodb:putItem
          Arguments:
            Item:
              degrees: '{% $states.input.degrees + 1 %}'
              site: '{% $site.id & $states.input.at %}'
              label: "{% $exists($site.label) ? $site.label : '' %}"
              kind: '{% $configuration.kind.type %}'
          End: true
    Output:
      hot: '{% $map($states.input.payload.readings, function($r) { $r.degrees }) %}'
    End: true
`;
