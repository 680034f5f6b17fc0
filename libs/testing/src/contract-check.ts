import { join } from 'node:path';
import { definitionFile } from '@harmony/constructs';
import { fuzzChild, type FuzzReport } from '@harmony/contract-checks/fuzz';
import { lintFile, type LintTextReport, type PlacedFinding } from '@harmony/contract-checks/lint';
import { findStateMachine } from '@harmony/local';
import { type ChildUnderTest, workspaceRoot } from './child.ts';

/** Few enough for every test run; `harmony contracts fuzz CHILD --runs N` tries more. */
const RUNS = 15;

export interface ContractCheck {
  /**
   * What the state machine reads and its contract does not declare, and where its calls and mocks are
   * not what AWS's models say; `[]` when all fits.
   */
  readonly lint: readonly PlacedFinding[];
  /** Calls that no installed model describes, each with the command that brings it. */
  readonly notChecked: LintTextReport['notChecked'];
  /** Generated inputs, run through the whole child: `failure` where one ends otherwise than promised. */
  readonly fuzz: FuzzReport;
}

/**
 * Holds a child against its own contract: the state machine statically, as its file has it and as
 * it would be deployed, and the whole child on a few generated inputs.
 * @throws when the child's state machine carries no contract
 */
export async function checkOwnContract(child: ChildUnderTest): Promise<ContractCheck> {
  const { name, stage } = child;
  const { definition, contract } = findStateMachine(stage, name);
  if (contract === undefined) throw new Error(`the state machine of ${name} carries no contract`);
  const path = definitionFile(join(workspaceRoot, 'apps', name));
  const linted = { root: workspaceRoot, path, contract, deployed: definition };
  const { findings: lint, notChecked } = await lintFile(linted);
  return {
    ...{ lint, notChecked },
    fuzz: await fuzzChild({ stage, child: name, workspaceRoot, runs: RUNS }),
  };
}
