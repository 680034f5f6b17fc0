import { isObject } from '@harmony/schema';
import type { AssemblyError } from '../errors.ts';
import { own } from './json-file.ts';
import { NO_VALUE } from './no-value.ts';
import type { StandIn } from './stand-ins.ts';
import { subnets } from './subnets.ts';

/** What the functions ask of the template that they stand in. */
interface Template {
  resolve(value: unknown): unknown;
  text(value: unknown): string;
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  imported(name: string): unknown;
  mapping(keys: readonly string[]): unknown;
  condition(name: unknown): boolean;
  holds(expression: unknown): boolean;
  standIn(expression: unknown, reason: string): string;
  unresolved(expression: unknown, reason: string): AssemblyError;
  tracing<T>(resolving: () => T): { readonly value: T; readonly standIns: readonly StandIn[] };
}

type Intrinsic = (template: Template, argument: unknown) => unknown;

/**
 * CloudFormation's functions, those of the transform AWS::LanguageExtensions among them:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (template, name) => template.ref(template.text(name)),
  'Fn::GetAtt': (template, argument) => {
    const [logicalId = '', ...attribute] = Array.isArray(argument)
      ? argument.map((part) => template.text(part))
      : String(argument).split('.');
    return template.attribute(logicalId, attribute.join('.'));
  },
  'Fn::Join': (template, argument) => {
    const [delimiter, items] = pair(template, 'Fn::Join', argument);
    return list(template, items)
      .map((item) => template.text(item))
      .join(String(delimiter));
  },
  'Fn::Sub': (template, argument) => {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return template
      .text(text)
      .replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, word: string) => {
        if (literal) return `\${${word}}`;
        const name = word.trim();
        const variable = isObject(variables) ? own(variables, name) : undefined;
        if (variable !== undefined) return template.text(variable);
        const [logicalId = '', ...attribute] = name.split('.');
        return template.text(
          attribute.length > 0 ? { 'Fn::GetAtt': [logicalId, attribute.join('.')] } : { Ref: name },
        );
      });
  },
  'Fn::Select': (template, argument) => {
    const expression = { 'Fn::Select': argument };
    const { value, standIns } = template.tracing(() => {
      const [index, items] = pair(template, 'Fn::Select', argument);
      return list(template, items)[Number(template.text(index))];
    });
    if (value !== undefined) return value;
    const reason = 'the list has no such item';
    if (standIns.length === 0) throw template.unresolved(expression, reason);
    return template.standIn(expression, reason);
  },
  'Fn::Split': (template, argument) => {
    const [delimiter, text] = pair(template, 'Fn::Split', argument);
    return template.text(text).split(String(delimiter));
  },
  'Fn::If': (template, argument) => {
    const [condition, whenTrue, whenFalse] = operands(argument);
    return template.resolve(template.condition(condition) ? whenTrue : whenFalse);
  },
  'Fn::Equals': (template, argument) => {
    const [left, right] = pair(template, 'Fn::Equals', argument);
    return textOf(template.resolve(left)) === textOf(template.resolve(right));
  },
  'Fn::Not': (template, argument) => !operands(argument).some((item) => template.holds(item)),
  'Fn::And': (template, argument) => operands(argument).every((item) => template.holds(item)),
  'Fn::Or': (template, argument) => operands(argument).some((item) => template.holds(item)),
  'Fn::FindInMap': (template, argument) => {
    const [map, first, second, options] = operands(argument);
    const keys = [map, first, second].map((key) => template.text(key));
    const found = template.mapping(keys);
    if (found !== undefined) return found;
    const otherwise = isObject(options) ? options['DefaultValue'] : undefined;
    if (otherwise !== undefined) return template.resolve(otherwise);
    return template.standIn({ 'Fn::FindInMap': argument }, `Mappings has no ${keys.join('.')}`);
  },
  'Fn::ImportValue': (template, argument) => template.imported(template.text(argument)),
  'Fn::Base64': (template, argument) => Buffer.from(template.text(argument)).toString('base64'),
  'Fn::GetAZs': (template, argument) => {
    const region = template.text(argument) || template.text({ Ref: 'AWS::Region' });
    return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
  },
  'Fn::Cidr': (template, argument) => {
    const [block, count, bits = 8] = operands(argument);
    const found = subnets(
      template.text(block),
      Number(template.text(count)),
      Number(template.text(bits)),
    );
    return (
      found ?? [template.standIn({ 'Fn::Cidr': argument }, 'it is no block of IPv4 addresses')]
    );
  },
  'Fn::ToJsonString': (template, argument) => JSON.stringify(template.resolve(argument)),
  'Fn::Length': (template, argument) => list(template, argument).length,
  'Fn::Transform': (template, argument) =>
    template.standIn({ 'Fn::Transform': argument }, 'a macro of CloudFormation gives it'),
};

function operands(argument: unknown): unknown[] {
  return Array.isArray(argument) ? argument : [];
}

function pair(template: Template, name: string, argument: unknown): [unknown, unknown] {
  if (Array.isArray(argument) && argument.length === 2) return [argument[0], argument[1]];
  throw template.unresolved({ [name]: argument }, 'two arguments were expected');
}

function list(template: Template, value: unknown): unknown[] {
  const resolved = template.resolve(value);
  if (Array.isArray(resolved)) return resolved;
  throw template.unresolved(value, 'a list was expected');
}

/** CloudFormation compares texts: the parameter 3 is "3". */
function textOf(value: unknown): string {
  if (value === NO_VALUE) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
