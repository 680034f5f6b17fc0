/** What `--mocks` says: the case that is used where there is one, and those of some targets. */
export interface MockCases {
  readonly mocksCase?: string;
  readonly casesOf?: ReadonlyMap<string, string>;
}

/** @param given `Declined`, `order-us=Declined,order-eu=Slow`, or both, separated by commas */
export function mockCases(given: string | undefined): MockCases {
  const parts = (given ?? '').split(',').filter((part) => part !== '');
  const plain = parts.filter((part) => !part.includes('=')).at(-1);
  const pairs = parts.flatMap((part) => {
    const [, of, name] = /^([^=]+)=(.+)$/.exec(part) ?? [];
    return of === undefined || name === undefined ? [] : [[of, name] as const];
  });
  return {
    ...(plain === undefined ? {} : { mocksCase: plain }),
    ...(pairs.length === 0 ? {} : { casesOf: new Map(pairs) }),
  };
}
