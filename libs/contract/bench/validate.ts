/** Validates 1,000 targets against their contract. */
import { configuration, contractNumber, payload } from './contracts.ts';

const contract = contractNumber(1);
for (let index = 0; index < 1000; index++) {
  contract.parse(
    { payload: payload(), configuration: configuration(1) },
    { root: `targets[${index}]` },
  );
}
