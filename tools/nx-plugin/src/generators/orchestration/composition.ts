export type Composition =
  | {
      /** In which order the children's payloads are laid over one another; the last one counts. */
      readonly order: readonly number[];
      /** By child, as given. */
      readonly configurations: readonly object[];
      readonly example: object;
    }
  | { readonly refused: string };

/**
 * For `askWorkspace`: answers with a `Composition` of `question.contracts`. Where children describe
 * one field differently, the description that satisfies all of them is found by trying.
 */
export const compositionScript = `
  import { pathToFileURL } from 'node:url';
  const { defineOrchestration, target } = await import('@harmony/orchestration');
  const { compareSchemas } = await import('@harmony/schema/compare');
  const { z } = await import('zod');
  const contracts = [];
  for (const { child, contract } of question.contracts) {
    const file = pathToFileURL('libs/contracts/' + child + '/src/index.ts').href;
    contracts.push((await import(file))[contract]);
  }
  const merge = (a, b) => {
    const objects = [a, b].every((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
    if (!objects) return a === undefined ? b : a;
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return Object.fromEntries(keys.map((key) => [key, merge(a[key], b[key])]));
  };
  const configurations = contracts.map(({ examples: [{ configuration }] }) => configuration);
  const example = contracts.map(({ examples: [{ payload }] }) => payload).reduce(merge);
  const indices = contracts.map((_, index) => index);
  // Each child's description once as the one that counts.
  const orders = [indices, ...indices.map((last) => [...indices.filter((index) => index !== last), last])];
  let result;
  for (const order of orders) {
    const shape = Object.assign({}, ...order.map((index) => contracts[index].payload.shape));
    try {
      const { document } = defineOrchestration({
        name: question.name,
        payload: z.object(shape),
        targets: contracts.map((contract, index) =>
          target(contract, { id: contract.name, configuration: configurations[index] })),
      });
      for (const { name, document: child } of contracts) {
        const [gap] = compareSchemas({ from: document.payload, to: child.payload, closedWorld: true });
        if (gap !== undefined) throw new Error('payload' + gap.pointer.replaceAll('/', '.') + ': ' + gap.message + ', for ' + name + '.');
      }
      result = { order, configurations, example };
      break;
    } catch (error) {
      result ??= { refused: error.message };
    }
  }
  answer(result);
`;
