import type { JsonObject } from './json-file.ts';

/** What a parameter is, or what stands for it. */
export type ParameterValue =
  { readonly known: unknown } | { readonly madeUp: unknown; readonly reason: string };

/**
 * The value of a parameter: what it is given, else its default.
 * @param text stands for it where only AWS, or whoever deploys, knows it
 */
export function parameterValue(
  { Type, Default, AllowedValues, MinValue }: JsonObject,
  given: unknown,
  text: string,
): ParameterValue {
  const type = String(Type);
  const isList = type === 'CommaDelimitedList' || type.includes('List<');
  const value = given ?? Default;
  // Of an SSM type it is the name of a parameter of Systems Manager, not its value.
  const isName = type.startsWith('AWS::SSM::') && !type.endsWith('Parameter::Name');
  if (value !== undefined && !isName) {
    return { known: isList && typeof value === 'string' ? itemsOf(value) : value };
  }
  if (isName) {
    const reason = `AWS reads it from the Systems Manager parameter ${JSON.stringify(value ?? '')}`;
    return { madeUp: isList ? [text] : text, reason };
  }
  const reason = 'the parameter has no default value';
  if (isList) return { madeUp: [text], reason };
  const [allowed] = Array.isArray(AllowedValues) ? (AllowedValues as unknown[]) : [];
  if (allowed !== undefined) return { madeUp: allowed, reason };
  return { madeUp: type === 'Number' ? (MinValue ?? 1) : text, reason };
}

function itemsOf(text: string): string[] {
  return text === '' ? [] : text.split(',').map((item) => item.trim());
}
