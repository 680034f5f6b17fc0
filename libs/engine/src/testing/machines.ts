import fc from 'fast-check';
import type { Json, JsonObject, StateMachineDefinition } from '../index.ts';
import { lambda } from './run.ts';

type Step = (next: string | undefined, name: string) => [string, JsonObject][];

const transition = (next: string | undefined): JsonObject =>
  next === undefined ? { End: true } : { Next: next };

const simple: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ value: fc.integer({ min: 0, max: 9 }) })
    .map(({ value }): Step => (next, name) => [
      [name, { Type: 'Pass', Result: value, ResultPath: '$.r', ...transition(next) }],
    ]),
  fc
    .integer({ min: 0, max: 3 })
    .map((seconds): Step => (next, name) => [
      [name, { Type: 'Wait', Seconds: seconds, ...transition(next) }],
    ]),
  fc.constant<Step>((next, name) => [
    [name, { Type: 'Task', Resource: lambda, ResultPath: '$.t', ...transition(next) }],
  ]),
  // Answered later: other branches take their turns meanwhile.
  fc.constant<Step>((next, name) => [
    [
      name,
      {
        Type: 'Pass',
        QueryLanguage: 'JSONata',
        Output: '{% $merge([$states.input, { "j": $sum([1, 2]) }]) %}',
        ...transition(next),
      },
    ],
  ]),
  fc.constant<Step>((next, name) => [
    [
      name,
      {
        Type: 'Task',
        Resource: lambda,
        ResultPath: '$.retried',
        Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1, JitterStrategy: 'FULL' }],
        ...transition(next),
      },
    ],
  ]),
  fc.constant<Step>((next, name) => [
    [
      name,
      {
        Type: 'Task',
        Resource: lambda,
        ResultPath: null,
        Catch: [{ ErrorEquals: ['Broken'], ResultPath: null, Next: `${name}c` }],
        Next: `${name}c`,
      },
    ],
    [`${name}c`, { Type: 'Pass', ...transition(next) }],
  ]),
  fc.boolean().map((taken): Step => (next, name) => {
    const after = `${name}x`;
    return [
      [
        name,
        {
          Type: 'Choice',
          Choices: [{ Variable: '$', IsPresent: taken, Next: after }],
          Default: after,
        },
      ],
      [after, { Type: 'Pass', ...transition(next) }],
    ];
  }),
);

function chain(steps: readonly Step[], prefix: string): StateMachineDefinition {
  const nameOf = (index: number): string => `${prefix}${index}`;
  const states = steps.flatMap((step, index) =>
    step(index + 1 < steps.length ? nameOf(index + 1) : undefined, nameOf(index)),
  );
  return { StartAt: nameOf(0), States: Object.fromEntries(states) };
}

function nested(depth: number): fc.Arbitrary<Step> {
  if (depth === 0) return simple;
  const inner = fc.array(nested(depth - 1), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 3, arbitrary: simple },
    {
      weight: 1,
      arbitrary: fc
        .array(inner, { minLength: 1, maxLength: 3 })
        .map((branches): Step => (next, name) => [
          [
            name,
            {
              Type: 'Parallel',
              Branches: branches.map((steps, index) => chain(steps, `${name}b${index}s`)),
              ResultPath: '$.p',
              ...transition(next),
            },
          ],
        ]),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({
          inner,
          items: fc.integer({ min: 0, max: 4 }),
          width: fc.integer({ min: 0, max: 2 }),
        })
        .map(({ inner: steps, items, width }): Step => (next, name) => [
          [
            `${name}`,
            {
              Type: 'Pass',
              Result: Array.from({ length: items }, (_, n) => ({ n })),
              ResultPath: '$.items',
              Next: `${name}m`,
            },
          ],
          [
            `${name}m`,
            {
              Type: 'Map',
              ItemsPath: '$.items',
              MaxConcurrency: width,
              ItemProcessor: chain(steps, `${name}i`),
              ResultPath: '$.m',
              ...transition(next),
            },
          ],
        ]),
    },
  );
}

/** Small machines that always succeed if their Tasks do. */
export const machines: fc.Arbitrary<StateMachineDefinition> = fc
  .array(nested(2), { minLength: 1, maxLength: 4 })
  .map((steps) => chain(steps, 's'));

export const smallInput: Json = { start: true };
