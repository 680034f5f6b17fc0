import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../json.ts';
import { validateDefinition } from './definition.ts';

describe('whatever it is given', () => {
  it('answers with findings that point into it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const { pointer } of validateDefinition(value)) expect(pointer).toMatch(/^(\/|$)/);
      }),
    );
  });

  it('never throws on a definition with any value in any place', () => {
    const names = fc.constantFrom(
      'Type',
      'Next',
      'End',
      'Choices',
      'Default',
      'Branches',
      'ItemProcessor',
      'Iterator',
      'Retry',
      'Catch',
      'Assign',
      'Parameters',
      'Arguments',
      'Output',
      'Items',
      'ItemReader',
      'ItemBatcher',
      'Resource',
      'Seconds',
      'Timestamp',
      'ResultPath',
      'InputPath',
      'QueryLanguage',
      'Condition',
      'Variable',
      'And',
      'Not',
      'IsNull',
      'StringEquals',
      'ErrorEquals',
      'StartAt',
      'States',
      'ProcessorConfig',
      'Mode',
      'a.$',
      '__proto__',
      'constructor',
      'Label',
      'Cause',
      'ErrorPath',
    );
    const texts = fc.constantFrom(
      'Pass',
      'Task',
      'Choice',
      'Map',
      'Parallel',
      'Wait',
      'Fail',
      'Succeed',
      'First',
      '$',
      '$.a[*]',
      '{% $a[ %}',
      '{% x %}',
      'States.Format(',
      'JSONata',
      'JSONPath',
      'DISTRIBUTED',
      'States.ALL',
    );
    const { value } = fc.letrec<{ value: Json; state: JsonObject }>((tie) => ({
      state: fc.dictionary(names, tie('value'), { maxKeys: 8 }) as fc.Arbitrary<JsonObject>,
      value: fc.oneof(
        { maxDepth: 6, depthSize: 'medium' },
        texts,
        fc.constantFrom<Json>(null, true, false, -1, 0, 1, 2.5, 1e300),
        fc.array(tie('value'), { maxLength: 3 }),
        tie('state'),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('First', 'B'), value), (states) => {
        validateDefinition({ StartAt: 'First', States: states });
        validateDefinition(
          { StartAt: 'First', States: states, QueryLanguage: 'JSONata' },
          { type: 'EXPRESS' },
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
