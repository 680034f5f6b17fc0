/** Holds 100 children's state machines against their contracts, as text with line and column. */
import { lintText } from '../src/lint/index.ts';
import { contract, JSONATA } from '../src/testing/greenhouse.ts';

for (let number = 0; number < 100; number++) {
  // The comment keeps one text from being another's.
  const text = `Comment: child ${number}\n${JSONATA}`;
  const { valid, findings } = lintText(text, `child-${number}.asl.yaml`, contract);
  if (!valid) throw new Error(JSON.stringify(findings));
}
