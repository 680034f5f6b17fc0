/** Diffs 100 contracts with another version of each: payload, configuration and output. */
import { diffSchemas } from '@harmony/schema/compatibility';
import { contractNumber } from './contracts.ts';

const VERSIONS = Array.from({ length: 100 }, (_, index) => {
  const { document } = contractNumber(index);
  const text = JSON.stringify(document.configuration);
  // A narrower bound, a wider pattern, an option less.
  const changed = [
    text.replace(`${1_000_000 + index}`, '1000'),
    text.replace('[A-Z]{3}', '[A-Z]{3,4}'),
    text.replace('"actual",', ''),
  ][index % 3] as string;
  return [document, { ...document, configuration: JSON.parse(changed) as object }] as const;
});

let breaking = 0;
for (const [old, next] of VERSIONS) {
  diffSchemas(old.payload, next.payload, 'input');
  const { verdict } = diffSchemas(old.configuration, next.configuration as never, 'input');
  diffSchemas(old.output, next.output, 'output');
  if (verdict === 'breaking') breaking++;
}
if (breaking !== 67) throw new Error(`expected 67 breaking changes, found ${breaking}`);
