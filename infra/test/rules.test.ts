import { Duration } from 'aws-cdk-lib/core';
import { readAssembly } from '@harmony/assembly';
import { checkContracts } from '@harmony/contract-checks/contract-test';
import { findingLine } from '@harmony/contract-checks/finding';
import { contractOf, defineOrchestration, outputOf, target } from '@harmony/orchestration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { FixtureWorkspace } from '../e2e/fixtures/assembly.ts';
import { linker } from '../e2e/fixtures/brittle.ts';
import { AssemblyCopy, replaceInDefinition, resources, type Template } from './assembly-copy.ts';

const payload = z.object({
  account: z.string(),
  kind: z.string().optional(),
  from: z.iso.datetime({ offset: true }),
});

const minutes = (count: number) => Duration.minutes(count).toSeconds();

/** Every option at once. */
const nightly = defineOrchestration({
  name: 'nightly',
  payload,
  targets: [
    target(linker, { id: 'source', configuration: {}, timeout: minutes(5) }),
    target(linker, {
      id: 'sink',
      configuration: { link: outputOf(linker, 'source').link },
      when: "kind = 'shop'",
    }),
    target(linker, { id: 'later', configuration: {}, delay: { until: 'from' } }),
    target(linker, { id: 'stubborn', configuration: {}, retry: { attempts: 9 } }),
  ],
});

const weekly = defineOrchestration({
  name: 'weekly',
  payload,
  targets: [
    target(contractOf(nightly), {
      id: 'all-nightly',
      configuration: { debug: { only: ['source'] } },
    }),
  ],
});

let workspace: FixtureWorkspace;
beforeAll(() => {
  workspace = new FixtureWorkspace({ nightly, weekly });
});
afterAll(() => workspace[Symbol.dispose]());

/** The lines that the contract test writes after tampering with a copy of the assembly. */
async function problemsAfter(tamper: (copy: AssemblyCopy) => void): Promise<string[]> {
  using copy = new AssemblyCopy(workspace.assembly);
  tamper(copy);
  return checkContracts(await readAssembly(copy.dir)).map((problem) => findingLine(problem));
}

const machineIn = (template: Template): Template =>
  resources(template, 'AWS::StepFunctions::StateMachine')[0] ?? {};
const replaced = (from: string, to: string) => (copy: AssemblyCopy) =>
  copy.editTemplate('dev', 'nightly', (template) => replaceInDefinition(template, from, to));
const inContract = (edit: (contract: Template) => void) => (copy: AssemblyCopy) =>
  copy.editTemplate('dev', 'linker', (template) =>
    edit(machineIn(template).Metadata['harmony:contract']),
  );
const inPayload = (edit: (schema: Template) => void) => (copy: AssemblyCopy) =>
  copy.editTemplate('dev', 'nightly', (template) =>
    edit(machineIn(template).Metadata['harmony:orchestration'].payload),
  );

describe('the contract test on orchestrations with every option', () => {
  it('finds nothing wrong with what was synthesised, an orchestration as a target included', async () => {
    expect(await problemsAfter(() => {})).toEqual([]);
  });

  it.each<[string, (copy: AssemblyCopy) => void, string]>([
    [
      'a timeout shorter than the child’s own, with both figures',
      replaced('"timeout":300', '"timeout":299'),
      'source › timeout: is 299 seconds, shorter than the 300 that dev-linker itself may take',
    ],
    [
      'a run that ends before targets that wait for one another can',
      replaced('"TimeoutSeconds":86400', '"TimeoutSeconds":599'),
      "sink › timeout: delays and timeouts of what it waits for (source) may take 300 seconds and its own 300, but the orchestration's own timeout, 599",
    ],
    [
      'a child that may take longer now',
      (copy) =>
        copy.editTemplate('dev', 'linker', (template) =>
          replaceInDefinition(template, '"TimeoutSeconds":300', '"TimeoutSeconds":900'),
        ),
      'source › timeout: is 300 seconds, shorter than the 900 that dev-linker itself may take',
    ],
    [
      'a condition on a field that the payload has no longer',
      inPayload(({ properties }) => delete properties.kind),
      'sink › when: the payload does not declare "kind" (at position 4 of "kind = \'shop\'")',
    ],
    [
      'a condition that does not parse',
      replaced("kind = 'shop'", "kind = 'shop' and"),
      'sink › when: Unexpected end of expression',
    ],
    [
      'a condition that the definition does not hold',
      replaced('"when":"c1"', '"when":"c2"'),
      `States["Inject targets"].Result.targets[1].when: names the condition "c2", which doesn't exist`,
    ],
    [
      'a delay until a field that the payload need not hold',
      inPayload((schema) => (schema.required = ['account'])),
      'later › delay.until: the payload may lack "from"',
    ],
    [
      'a delay until a text',
      inPayload(({ properties }) => (properties.from = { type: 'string' })),
      `later › delay.until: "from" isn't a timestamp`,
    ],
    [
      'a dependency that is no target',
      replaced('"dependsOn":["source"]', '"dependsOn":["sauce","source"]'),
      'sink › dependsOn: "sauce" names no target',
    ],
    [
      'a dependency that does not come first',
      replaced('"wave":2,"dependsOn":["source"]', '"dependsOn":["source"]'),
      'sink › dependsOn: "source" is in wave 1, not before its own, 1',
    ],
    [
      'a wave that is not rendered',
      replaced('"wave":2', '"wave":3'),
      `States["Inject targets"].Result.targets[1]: leads to "Execute (wave 3)", which doesn't exist`,
    ],
    [
      'a retry policy that is not rendered',
      replaced('"retry":1', '"retry":2'),
      `States["Inject targets"].Result.targets[3]: leads to "Execute (retry 3)", which doesn't exist`,
    ],
    [
      'an output that the child is not sure to give any more',
      inContract(({ output }) => (output.required = ['count'])),
      'sink › configuration.link: linker is not sure to put out output.link of "source"',
    ],
    [
      'an output that is gone',
      inContract(({ output }) => delete output.properties.link),
      'sink › configuration.link: linker declares no output.link of "source"',
    ],
    [
      'an output of another type',
      inContract(({ output }) => (output.properties.link = { type: 'number' })),
      'sink › configuration.link: output.link of "source": ',
    ],
    [
      'a configuration field that takes less',
      inContract(({ configuration }) => (configuration.properties.link.maxLength = 3)),
      'sink › configuration.link: output.link of "source": ',
    ],
    [
      'a reference to a target that is none',
      replaced('"target":"source"', '"target":"sauce"'),
      'sink › configuration.link: "sauce" names no target',
    ],
    [
      'a reference to an output that is not kept',
      replaced('"provides":["/link"]', '"provides":["/count"]'),
      'sink › configuration.link: "source" does not keep the output it takes, /link',
    ],
    [
      'a reference that nothing waits for',
      replaced('"wave":2,"dependsOn":["source"]', '"wave":2,"dependsOn":[]'),
      'sink › configuration.link: takes a value of "source" without waiting for it',
    ],
  ])('catches %s', async (_, tamper, line) => {
    const problems = await problemsAfter(tamper);
    const expected = expect.stringContaining(`dev › nightly › ${line}`);
    expect(problems).toEqual(expect.arrayContaining([expected]));
  });

  it('catches switches that an orchestration as a target does not know', async () => {
    const problems = await problemsAfter((copy) =>
      copy.editTemplate('dev', 'weekly', (template) =>
        replaceInDefinition(template, '"debug":{"only":["source"]', '"debug":{"onyl":["source"]'),
      ),
    );
    expect(problems).toEqual([
      'error: dev › weekly › all-nightly › configuration.debug.onyl: is not a known field (CONFIGURATION)',
    ]);
  });
});

it('a list that exceeds its budget is refused at synth, with what is to blame', () => {
  const targets = Array.from({ length: 1000 }, (_, index) =>
    target(linker, { id: `t${index}`, configuration: { link: 'x'.repeat(500) } }),
  );
  const large = defineOrchestration({ name: 'large', payload, targets });
  expect(() => new FixtureWorkspace({ large })).toThrow(
    /The orchestration large exceeds its budget in stage dev:\n.*the target list is to blame/,
  );
});
