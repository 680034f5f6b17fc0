import type { Json, JsonObject } from '../src/json.ts';
import { randomExpression, type Choose } from './random-expression.ts';

/** A definition that makes sense, more often than not, for one query language or the other. */
export function randomDefinition(choose: Choose, depth = 2): JsonObject {
  const jsonata = choose.below(2) === 0;
  return {
    ...(jsonata && { QueryLanguage: 'JSONata' }),
    ...(choose.below(4) === 0 && { TimeoutSeconds: 1 + choose.below(100) }),
    ...randomGraph(choose, jsonata, depth),
  };
}

function randomGraph(choose: Choose, jsonata: boolean, depth: number): JsonObject {
  const names = Array.from(
    { length: 1 + choose.below(4) },
    (_, index) => `S${String(depth)}${String(index)}`,
  );
  const states: JsonObject = {};
  for (const [index, name] of names.entries()) {
    const next = names[index + 1];
    states[name] = randomState(choose, jsonata, depth, next, names);
  }
  return { StartAt: names[0] as string, States: states };
}

function randomState(
  choose: Choose,
  jsonata: boolean,
  depth: number,
  next: string | undefined,
  names: readonly string[],
): JsonObject {
  const leave: JsonObject = next === undefined ? { End: true } : { Next: next };
  const value = (): Json =>
    jsonata ? `{% ${randomExpression(choose, choose.below(8))} %}` : randomPath(choose);
  const data: JsonObject = jsonata
    ? {
        ...(choose.below(2) === 0 && { Output: value() }),
        ...(choose.below(3) === 0 && { Assign: { v: value() } }),
      }
    : {
        ...(choose.below(3) === 0 && { InputPath: randomPath(choose) }),
        ...(choose.below(3) === 0 && { ResultPath: choose.of(['$.r', '$.a.b', '$', null]) }),
        ...(choose.below(3) === 0 && { Parameters: { 'p.$': randomPath(choose) } }),
        ...(choose.below(3) === 0 && { OutputPath: randomPath(choose) }),
      };
  const recover: JsonObject =
    choose.below(3) === 0 && next !== undefined
      ? {
          Catch: [{ ErrorEquals: ['States.ALL'], Next: next }],
          Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: choose.below(3) }],
        }
      : {};
  const inner = (): JsonObject => randomGraph(choose, jsonata, depth - 1);
  const { InputPath, OutputPath, ...rest } = data;
  const paths = {
    ...(InputPath !== undefined && { InputPath }),
    ...(OutputPath !== undefined && { OutputPath }),
  };
  const kinds: (() => JsonObject)[] = [
    () => ({ Type: 'Pass', ...data, ...leave }),
    () => ({ Type: 'Wait', Seconds: choose.below(1_000), ...(jsonata ? data : paths), ...leave }),
    () => ({
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      ...(jsonata ? { ...data, Arguments: value() } : data),
      ...recover,
      ...leave,
    }),
    () => ({
      Type: 'Choice',
      Choices: [
        jsonata
          ? { Condition: value(), Next: choose.of(names) }
          : { Variable: randomPath(choose), IsPresent: true, Next: choose.of(names) },
      ],
      ...(next !== undefined && { Default: next }),
    }),
    () => ({ Type: 'Succeed', ...(jsonata ? {} : paths) }),
    () => ({ Type: 'Fail', Error: 'E', Cause: 'C' }),
  ];
  if (depth > 0) {
    kinds.push(
      () => ({
        Type: 'Parallel',
        Branches: [inner(), inner()],
        ...(jsonata ? data : rest),
        ...recover,
        ...leave,
      }),
      () => ({
        Type: 'Map',
        ...(jsonata
          ? { Items: choose.of<Json>([value(), [1, 2, 3]]), ...data }
          : { ItemsPath: randomPath(choose), ...paths }),
        ...(choose.below(2) === 0 && { MaxConcurrency: choose.below(4) }),
        ItemProcessor: {
          ...(choose.below(3) === 0 && {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          }),
          ...inner(),
        },
        ...recover,
        ...leave,
      }),
    );
  }
  return choose.of(kinds)();
}

function randomPath(choose: Choose): string {
  const step = (): string =>
    choose.of([
      '.a',
      '.b',
      '.list',
      '[0]',
      '[*]',
      '..a',
      '[1:]',
      "['d e']",
      '[?(@.a == 1)]',
      '[?(@.b)]',
      '.inner',
      '[-1]',
      '..*',
    ]);
  return `$${Array.from({ length: choose.below(4) }, step).join('')}`;
}

/** One place of a value changed: removed, replaced by another part or by something odd. */
export function mutated(value: Json, choose: Choose): Json {
  const odd: readonly Json[] = [
    null,
    '',
    -1,
    1e300,
    'x'.repeat(300),
    [],
    {},
    '{% $ %}',
    '{% ( %}',
    '$',
    '$$',
    '${X}',
    true,
    '__proto__',
    'constructor',
  ];
  if (typeof value !== 'object' || value === null || choose.below(6) === 0) return choose.of(odd);
  const entries = Object.entries(value);
  if (entries.length === 0) return choose.of(odd);
  const [key, inner] = choose.of(entries);
  const changed = choose.below(8) === 0 ? undefined : mutated(inner, choose);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      String(index) === key ? (changed === undefined ? [] : [changed]) : [item],
    );
  }
  const name =
    choose.below(10) === 0 ? choose.of(['__proto__', 'constructor', 'Nmae', `${key}.$`]) : key;
  const result = entries.flatMap(([other, item]): [string, Json][] =>
    other !== key ? [[other, item]] : changed === undefined ? [] : [[name, changed]],
  );
  return Object.fromEntries(result);
}
