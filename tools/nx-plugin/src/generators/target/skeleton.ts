export type Skeleton =
  | { readonly configuration: object; readonly optional: readonly string[] }
  | { readonly refused: string };

/**
 * For `askWorkspace`: answers with a `Skeleton` for a target of `question.contract`, tried in the
 * orchestration of `question.file` with all its rules.
 */
export const skeletonScript = `
  import { pathToFileURL } from 'node:url';
  const load = (file) => import(pathToFileURL(file).href);
  const { defineOrchestration, target } = await import('@harmony/orchestration');
  const { compareSchemas } = await import('@harmony/schema/compare');
  const contract = (await load('libs/contracts/' + question.child + '/src/index.ts'))[question.contract];
  const orchestration = Object.values(await load(question.file))
    .find((value) => Array.isArray(value?.targets) && value.document !== undefined);

  // What the schema requires, with the example's values: an example is valid, an invented value may not be.
  const required = (schema, example) => {
    const isObject = typeof example === 'object' && example !== null && !Array.isArray(example);
    if (!isObject || schema?.properties === undefined) return example;
    const keys = (schema.required ?? []).filter((key) => key in example);
    return Object.fromEntries(keys.map((key) => [key, required(schema.properties[key], example[key])]));
  };
  const schema = contract.document.configuration;
  const [example] = contract.examples;
  const fits = (configuration) => {
    const added = target(contract, { id: question.id, configuration });
    defineOrchestration({ ...orchestration, targets: [...orchestration.targets, added] });
    const [gap] = compareSchemas({
      from: orchestration.document.payload,
      to: contract.document.payload,
      closedWorld: true,
    });
    if (gap !== undefined) throw new Error('payload' + gap.pointer.replaceAll('/', '.') + ': ' + gap.message);
    const given = new Set(Object.keys(configuration));
    const optional = Object.keys(schema.properties ?? {}).filter((key) => !given.has(key));
    return { configuration, optional };
  };
  let result;
  for (const configuration of [required(schema, example.configuration), example.configuration]) {
    try {
      result = fits(configuration);
      break;
    } catch (error) {
      result = { refused: error.message };
    }
  }
  answer(result);
`;
