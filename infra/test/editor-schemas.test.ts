import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

interface Association {
  readonly fileMatch: readonly string[];
  readonly url: string;
}
const associations = (
  read('.vscode/settings.json') as { readonly 'json.schemas': readonly Association[] }
)['json.schemas'];

/** A schema file with the contract beside it, as an editor follows a reference. */
function validatorOf({ url }: Association) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const add = (file: string): void => {
    const $id = pathToFileURL(join(root, file)).href;
    ajv.addSchema({ $id, ...(read(file) as object) });
  };
  const contract = join(dirname(url), 'contract.json');
  if (existsSync(join(root, contract))) add(contract);
  return ajv.compile({
    $id: pathToFileURL(join(root, url)).href,
    ...(read(url) as object),
  });
}

const filesOf = ({ fileMatch }: Association): string[] =>
  fileMatch
    .filter((pattern) => pattern.startsWith('/'))
    .flatMap((pattern) => globSync(pattern.slice(1), { cwd: root }));

describe('what editors hold files to', () => {
  it("accepts the workspace's own mocks and examples, and leaves none out", () => {
    const found = associations.flatMap((item) => {
      const validate = validatorOf(item);
      return filesOf(item).map((file) => [file, validate(read(file)) || validate.errors] as const);
    });
    expect(found.filter(([, valid]) => valid !== true)).toEqual([]);
    const own = globSync(['apps/*/{example,mocks}.json', 'infra/examples/*.json'], { cwd: root });
    expect(own.filter((file) => found.every(([named]) => named !== file))).toEqual([]);
  });

  it.each(associations.filter(({ url }) => url.includes('/contracts/')))(
    'refuses an example that the contract beside $url refuses',
    (item) => {
      const validate = validatorOf(item);
      for (const file of filesOf(item)) {
        const example = read(file) as { readonly configuration: object };
        const { configuration } = example;
        for (const broken of [
          { ...example, configuration: { ...configuration, misspelt: 1 } },
          { ...example, payload: 1 },
          { configuration },
        ]) {
          expect(validate(broken)).toBe(false);
        }
      }
    },
  );
});
