import { describe, expect, it } from 'vitest';
import { parseCsv } from './csv.ts';

describe('a text delimited file', () => {
  it.each<[string, string, string[][]]>([
    ['quotes a delimiter and a line end', '"a,b","c\nd"', [['a,b', 'c\nd']]],
    ['doubles a quote in a quoted field', '"say ""hi"""', [['say "hi"']]],
    ['doubles a quote in an unquoted field', 'x,{""k"":""v""}', [['x', '{"k":"v"}']]],
    ['keeps a single quote in an unquoted field', 'a"b,c', [['a"b', 'c']]],
    ['escapes a quote with a backslash', '"a\\"b",c', [['a"b', 'c']]],
    ['escapes the delimiter with a backslash', 'a\\,b,c', [['a,b', 'c']]],
    ['escapes a backslash with a backslash', 'a\\\\b', [['a\\b']]],
    ['drops a backslash before anything else', 'a\\nb,"c\\d"', [['anb', 'cd']]],
    ['takes an empty quoted field for empty', '"",a', [['', 'a']]],
    ['ends rows with CRLF and skips blank lines', 'a\r\n\r\nb\r\n', [['a'], ['b']]],
  ])('%s', (_rule, text, expected) => {
    expect(parseCsv(text, ',')).toEqual(expected);
  });

  it('escapes the delimiter that it has, not the comma', () => {
    expect(parseCsv('a\\|b|c\\,d', '|')).toEqual([['a|b', 'c,d']]);
  });
});
