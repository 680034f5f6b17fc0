import type { Json } from '@harmony/schema';

const OTHERS: readonly Json[] = [null, 'text', -1, 0.5, true, [], {}];

/** The value with one thing changed: a field gone or added, a value of another type. */
export function mutations(value: Json): Json[] {
  return [...OTHERS.filter((other) => typeof other !== typeof value), ...inside(value)];
}

function inside(value: Json): Json[] {
  if (Array.isArray(value)) {
    return [
      [...value, ...value.slice(0, 1), null],
      ...value.flatMap((item, index) =>
        mutations(item).map((changed) => value.map((each, at) => (at === index ? changed : each))),
      ),
    ];
  }
  if (typeof value !== 'object' || value === null) return [];
  return [
    { ...value, 'not in the contract': true },
    ...Object.keys(value).flatMap((key): Json[] => [
      Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)),
      ...mutations(value[key] as Json).map((changed) => ({ ...value, [key]: changed })),
    ]),
  ];
}
