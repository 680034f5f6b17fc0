import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { addImport, findAll, importedNames, insertElement, parse } from './source-edit.ts';

const file = 'x.ts';

const source = `import { Duration } from 'aws-cdk-lib';
import { BillingAlerts } from '@harmony/billing-alerts';
import { Orchestrator, type StackBuilder } from '@harmony/constructs';
import { accountReview } from './orchestrations/account-review.ts';

// A comment that stays, and  odd   spacing, too.
export const x = 1;
`;

const added = (name: string, module: string) =>
  addImport(file, source, name, module)
    .split('\n')
    .filter((line) => !source.split('\n').includes(line));

describe('adding an import', () => {
  it('puts it among its neighbours and leaves every other line as it was', () => {
    const text = addImport(file, source, 'keyRotation', '@harmony/key-rotation');
    const lines = text.split('\n');
    expect(lines[3]).toBe(`import { keyRotation } from '@harmony/key-rotation';`);
    expect(lines.toSpliced(3, 1).join('\n')).toBe(source);
  });

  it('puts relative files last', () => {
    const lines = addImport(file, source, 'weekly', './orchestrations/weekly.ts').split('\n');
    expect(lines[4]).toContain('weekly');
  });

  it('adds the name to an import that is there', () => {
    expect(added('Aspects', 'aws-cdk-lib')).toEqual([
      `import { Aspects, Duration } from 'aws-cdk-lib';`,
    ]);
    expect(added('synthesise', '@harmony/constructs')).toEqual([
      `import { Orchestrator, type StackBuilder, synthesise } from '@harmony/constructs';`,
    ]);
  });

  it('changes nothing the second time', () => {
    const once = addImport(file, source, 'a', '@harmony/a');
    expect(addImport(file, once, 'a', '@harmony/a')).toBe(once);
  });

  it('works in a file that has none', () => {
    const once = addImport(file, 'export const x = 1;\n', 'a', '@harmony/a');
    expect(importedNames(parse(file, once)).get('a')).toBe('@harmony/a');
  });
});

/** The elements of the only array in a text. */
const arrayIn = (text: string) =>
  findAll(parse(file, text), ts.isArrayLiteralExpression)[0]?.elements ??
  ts.factory.createNodeArray();

const evaluate = (text: string): unknown => new Function(`${text}; return list;`)();

describe('adding an element to a list', () => {
  it.each([
    ['an empty list', 'const list = []', [9]],
    ['a list without a trailing comma', 'const list = [1, 2]', [1, 2, 9]],
    ['a list with one', 'const list = [\n  1, // one\n  2,\n]', [1, 2, 9]],
    ['a list that ends in a comment', 'const list = [\n  1,\n  // later\n]', [1, 9]],
  ])('appends to %s', (_what, text, expected) => {
    expect(evaluate(insertElement(text, arrayIn(text), '9'))).toEqual(expected);
  });
});
