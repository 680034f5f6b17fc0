import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../json.ts';
import { validateDefinition } from './definition.ts';
import { errors, schema, task } from './definition.fixture.ts';

const pass: JsonObject = { Type: 'Pass', End: true };
const jsonata = (state: Json): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: 'S',
  States: { S: state },
});
const unsupported = (pointer: string) => [`UNSUPPORTED_JSONATA_EXPRESSION ${pointer}`];
const warnings = (definition: Json): string[] =>
  validateDefinition(definition)
    .filter(({ severity }) => severity === 'WARNING')
    .map(({ code, pointer }) => `${code} ${pointer}`);

describe('$states', () => {
  it.each<[string, JsonObject, string]>([
    ['Arguments', task({ Arguments: { a: '{% $states.result %}' } }), '/Arguments/a'],
    ['a Pass', { ...pass, Output: '{% $states.result %}' }, '/Output'],
    ['a Wait', { Type: 'Wait', Seconds: '{% $states.result %}', End: true }, '/Seconds'],
    [
      'a catcher',
      task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S', Output: '{% $states.result %}' }] }),
      '/Catch/0/Output',
    ],
    [
      'a Map’s ItemSelector',
      {
        Type: 'Map',
        ItemProcessor: { StartAt: 'P', States: { P: pass } },
        ItemSelector: '{% $states.result %}',
        End: true,
      },
      '/ItemSelector',
    ],
    [
      'a Condition',
      {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.result = 1 %}', Next: 'S' }],
        Default: 'S',
      },
      '/Choices/0/Condition',
    ],
  ])('has no result in %s', (_where, state, at) => {
    expect(errors(jsonata(state))).toContain(unsupported(`/States/S${at}`)[0]);
  });

  it('has no errorOutput outside a catcher, nor fields that are misspelt', () => {
    expect(errors(jsonata({ ...pass, Output: '{% $states.errorOutput %}' }))).toEqual(
      unsupported('/States/S/Output'),
    );
    expect(errors(jsonata({ ...pass, Output: '{% $states.inptu.a %}' }))).toEqual(
      unsupported('/States/S/Output'),
    );
  });

  it('has its result and its error output where the state is left', () => {
    const states = {
      S: task({
        Output: { r: '{% $states.result.a & $states.context.Execution.Name %}' },
        Assign: { v: '{% $states.result %}' },
        Catch: [
          { ErrorEquals: ['States.ALL'], Next: 'T', Assign: { e: '{% $states.errorOutput %}' } },
        ],
      }),
      T: { ...pass, Output: '{% $states.input %}' },
    };
    expect(
      errors({ QueryLanguage: 'JSONata', StartAt: 'S', States: states as JsonObject }),
    ).toEqual([]);
  });
});

describe('the context that an expression starts with', () => {
  it.each(['$', '$.a', '$sum($)', '[$]', '$ & "x"', '($x := $; $x)', '$$'])(
    'is refused: %s',
    (text) => {
      expect(errors(jsonata({ ...pass, Output: `{% ${text} %}` }))).toEqual(
        unsupported('/States/S/Output'),
      );
    },
  );

  it.each([
    '$states.input.items[$ > 1]',
    '$states.input.items.($ * 2)',
    '$states.input.items{id: $}',
    '$states.input.items^($.at)',
  ])('is an item inside: %s', (text) => {
    expect(errors(jsonata({ ...pass, Output: `{% ${text} %}` }))).toEqual([]);
  });
});

describe('variables', () => {
  const assigns = (name: string): JsonObject => ({ ...pass, Assign: { [name]: 1 } });
  const around = (inner: JsonObject, more: JsonObject = {}): JsonObject => ({
    StartAt: 'A',
    States: {
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'M' },
      M: { Type: 'Map', ItemProcessor: { StartAt: 'P', States: { P: inner }, ...more }, End: true },
    },
  });

  it('of an outer scope cannot be assigned in an inner one', () => {
    expect(errors(around(assigns('x')))).toEqual([
      schema('/States/M/ItemProcessor/States/P/Assign/x'),
    ]);
    expect(errors(around({ ...pass, Assign: { 'x.$': '$' } }))).toEqual([
      schema('/States/M/ItemProcessor/States/P/Assign/x.$'),
    ]);
  });

  it('may share their names in branches side by side, and in a Distributed Map', () => {
    expect(errors(around(assigns('y')))).toEqual([]);
    const config = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
    expect(errors(around(assigns('x'), config))).toEqual([]);
    const branch = (name: string) => ({ StartAt: name, States: { [name]: assigns('x') } });
    expect(
      errors({
        StartAt: 'P',
        States: { P: { Type: 'Parallel', Branches: [branch('B'), branch('C')], End: true } },
      }),
    ).toEqual([]);
  });

  it('that no Assign sets, and functions that are none, are warned of', () => {
    const of = (text: string) => warnings(jsonata({ ...pass, Output: `{% ${text} %}` }));
    expect(of('$totl')).toEqual(['UNKNOWN_VARIABLE /States/S/Output']);
    expect(of('$toString(1)')).toEqual(['UNKNOWN_FUNCTION /States/S/Output']);
    expect(of('$eval("1")')).toEqual(['UNKNOWN_FUNCTION /States/S/Output']);
    for (const text of [
      '($a := 1; $f := function($b) { $b + $a }; $f(2))',
      '$map([1], $string)',
      '$states.input.list@$l.{"v": $l}',
      '$states.input.list#$i[$i = 1]',
      '$hash($uuid(), "MD5")',
      '$sum(?, 1)',
    ]) {
      expect(of(text), text).toEqual([]);
    }
    expect(
      warnings({
        QueryLanguage: 'JSONata',
        StartAt: 'A',
        States: {
          A: { Type: 'Pass', Assign: { total: 1 }, Next: 'B' },
          B: { ...pass, Output: '{% $total %}' },
        },
      }),
    ).toEqual([]);
  });
});

describe('a machine with states that nothing leads to', () => {
  it('is told of each of them, and of nothing that follows from it', () => {
    expect(
      errors({
        StartAt: 'A',
        States: { A: pass, U: { Type: 'Pass', Next: 'V' }, V: { Type: 'Pass', Next: 'A' } },
      }),
    ).toEqual(['MISSING_TRANSITION_TARGET /States/U']);
  });

  it('may end where only such a state ends', () => {
    expect(errors({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' }, U: pass } })).toEqual([
      'MISSING_TRANSITION_TARGET /States/U',
    ]);
    expect(errors({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' } } })).toEqual([
      'MISSING_END_STATE /States',
    ]);
  });
});

describe('ItemReader and ResultWriter', () => {
  const map = (more: JsonObject): JsonObject => ({
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'P',
          States: { P: pass },
        },
        End: true,
        ...more,
      },
    },
  });
  const writer = (value: Json) => errors(map({ ResultWriter: value }));
  const reader = (ReaderConfig: JsonObject, action = 'getObject') =>
    errors(
      map({
        ItemReader: {
          Resource: `arn:aws:states:::s3:${action}`,
          Parameters: { Bucket: 'b' },
          ReaderConfig,
        },
      }),
    );

  it('asks a ResultWriter what to do', () => {
    const at = [schema('/States/M/ResultWriter')];
    const Resource = 'arn:aws:states:::s3:putObject';
    expect(writer({})).toEqual(at);
    expect(writer({ Resource })).toEqual(at);
    expect(writer({ Parameters: { Bucket: 'b' } })).toEqual(at);
    expect(writer({ Resource, WriterConfig: { OutputType: 'JSON' } })).toEqual(at);
    expect(writer({ Resource, Parameters: { Bucket: 'b' } })).toEqual([]);
    expect(writer({ WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSON' } })).toEqual([]);
  });

  it.each<[JsonObject, string?]>([
    [{ InputType: 'CSV', CSVHeaderLocation: 'GIVEN' }],
    [{ InputType: 'CSV', CSVHeaders: ['a'] }],
    [{ InputType: 'CSV', CSVHeaders: ['a'], CSVHeaderLocation: 'FIRST_ROW' }],
    [{ InputType: 'JSON', CSVDelimiter: 'TAB' }],
    [{ InputType: 'CSV', ItemsPointer: '/a' }],
    [{ InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' }],
    [{ Transformation: 'LOAD_AND_FLATTEN' }, 'listObjectsV2'],
    [{ InputType: 'CSV' }, 'listObjectsV2'],
    [{ ManifestType: 'S3_INVENTORY' }, 'listObjectsV2'],
    [{ ManifestType: 'ATHENA_DATA' }],
    [{ ManifestType: 'S3_INVENTORY', InputType: 'PARQUET' }],
  ])('lets no option of a reader stand without effect: %j', (config, action) => {
    expect(reader(config, action)).toEqual([schema('/States/M/ItemReader/ReaderConfig')]);
  });

  it.each<[JsonObject, string?]>([
    [{ InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['a'], CSVDelimiter: 'TAB' }],
    [{ InputType: 'JSON', ItemsPointer: '/a', MaxItems: 0 }],
    [{ InputType: 'JSONL', Transformation: 'LOAD_AND_FLATTEN' }, 'listObjectsV2'],
    [{}, 'listObjectsV2'],
    [{ ManifestType: 'ATHENA_DATA', InputType: 'PARQUET' }],
    [{ ManifestType: 'S3_INVENTORY' }],
    [{ InputType: 'MANIFEST' }],
  ])('accepts %j', (config, action) => {
    expect(reader(config, action)).toEqual([]);
  });

  it('warns of fields that a Map of its kind does not act on', () => {
    const inline = {
      Type: 'Map',
      ToleratedFailureCount: 1,
      ItemProcessor: { StartAt: 'P', States: { P: pass } },
      End: true,
    };
    expect(warnings({ StartAt: 'M', States: { M: inline } })).toEqual([
      'NO_EFFECT /States/M/ToleratedFailureCount',
    ]);
    const read = {
      ItemsPath: '$.a',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        Parameters: { Bucket: 'b', Key: 'k' },
      },
    };
    expect(warnings(map(read))).toEqual(['NO_EFFECT /States/M/ItemsPath']);
  });
});

describe('paths and intrinsic functions', () => {
  const fails = (more: JsonObject) =>
    errors({ StartAt: 'F', States: { F: { Type: 'Fail', ...more } } });

  it('refuses a function that gives no string in ErrorPath and CausePath', () => {
    expect(fails({ ErrorPath: 'States.ArrayLength($.a)' })).toEqual([
      schema('/States/F/ErrorPath'),
    ]);
    expect(fails({ CausePath: 'States.MathAdd(1, 2)' })).toEqual([schema('/States/F/CausePath')]);
    expect(fails({ ErrorPath: "States.Format('{}', $.a)", CausePath: 'States.UUID()' })).toEqual(
      [],
    );
  });

  it.each([
    "States.Format('a\\nb')",
    'States.StringToJson(\'\\"x\\"\')',
    "States.Array('\\u0041')",
  ])('refuses a call with an illegal escape: %s', (call) => {
    const state = { ...pass, Parameters: { 'v.$': call } };
    expect(errors({ StartAt: 'P', States: { P: state } })).toEqual([
      schema('/States/P/Parameters/v.$'),
    ]);
  });

  it('takes the escapes that there are, and blanks at the ends of a path', () => {
    const Parameters = {
      'escaped.$': "States.Format('it\\'s \\{\\} \\\\ {}', $.a)",
      'blank.$': ' $.a ',
      'call.$': ' States.UUID() ',
    };
    expect(
      errors({ StartAt: 'P', States: { P: { ...pass, InputPath: ' $ ', Parameters } } }),
    ).toEqual([]);
  });
});
