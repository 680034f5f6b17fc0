import { resolve } from 'node:path';
import { isTemplate, readTemplateFile, type Stage, type StateMachine } from '@harmony/assembly';
import { findStateMachine } from '@harmony/local';
import { readText } from '../input/read-text.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../usage-error.ts';
import { openWorkspace } from '../workspace/open.ts';
import { stageOf } from '../workspace/stage.ts';
import { machineOfFile } from './definition-file.ts';
import { tellStandIns } from './stand-ins.ts';

export interface SourceFlags {
  readonly assembly?: string;
  readonly stage?: string;
  readonly substitutions?: readonly string[];
  readonly type?: 'STANDARD' | 'EXPRESS';
}

/** What a command line names to run. */
export interface Source {
  /** Absolute: what paths of mocks are relative to. */
  readonly root: string;
  readonly stage: Stage;
  readonly machine: StateMachine;
  /** Absolute folder of the assembly, where it is of one. */
  readonly assembly?: string;
  /** Not in a workspace: a definition, or a template. */
  readonly file: boolean;
}

/** Whether what a person wrote is a file, and no name of a workflow. */
function isFile(name: string): boolean {
  return /\.(?:json|ya?ml)$/i.test(name);
}

/**
 * Finds a state machine: by its name in the workspace's assembly, in a file with a definition, or in
 * a template of CloudFormation or SAM.
 * @param machineName in a template that has several
 * @throws HarmonyError
 */
export async function openSource(
  name: string,
  machineName: string | undefined,
  flags: SourceFlags,
  io: Io,
): Promise<Source> {
  const { substitutions = [] } = flags;
  if (!isFile(name)) {
    if (machineName !== undefined) {
      throw new UsageError(
        `${name} is no file, and only a template is followed by a name: leave out ${machineName}.`,
      );
    }
    refuseFor('a workflow of an assembly', flags);
    const { root, assembly } = await openWorkspace(flags.assembly, io);
    const stage = stageOf(assembly, flags.stage);
    const machine = findStateMachine(stage, name);
    tellStandIns(machine, stage, io);
    return { root, stage, machine, assembly: assembly.dir, file: false };
  }
  if (flags.assembly !== undefined || flags.stage !== undefined) {
    throw new UsageError(`${name} is a file: leave out --assembly and --stage.`);
  }
  const text = await readText(name, '', io);
  if (!isTemplate(text)) {
    if (machineName !== undefined) {
      throw new UsageError(`${name} holds one state machine: leave out ${machineName}.`);
    }
    const type = flags.type ?? 'STANDARD';
    const machine = await machineOfFile(name, text, { substitutions, type }, io);
    const stage = { name: '', stateMachines: [machine], functions: [] };
    return { root: io.cwd, stage, machine, file: true };
  }
  refuseFor('a template', flags);
  const { stage } = await readTemplateFile(resolve(io.cwd, name), text);
  const machine = machineIn(name, stage, machineName);
  tellStandIns(machine, stage, io);
  return { root: io.cwd, stage, machine, file: true };
}

function machineIn(file: string, stage: Stage, name: string | undefined): StateMachine {
  const { stateMachines } = stage;
  const [first] = stateMachines;
  if (first === undefined) throw new UsageError(`${file} has no state machine.`);
  if (name === undefined && stateMachines.length === 1) return first;
  const found = stateMachines.find((machine) =>
    [machine.logicalId, machine.name].includes(name ?? ''),
  );
  if (found !== undefined) return found;
  const known = stateMachines.map(({ logicalId }) => logicalId).join(', ');
  throw new UsageError(
    name === undefined
      ? `${file} has ${stateMachines.length} state machines: name one of ${known} after it.`
      : `${file} has no state machine ${name}. Known: ${known}.`,
  );
}

function refuseFor(what: string, { substitutions, type }: SourceFlags): void {
  const option = substitutions !== undefined ? '--substitutions' : type && '--type';
  if (option === undefined) return;
  throw new UsageError(`${option} is for a file with a definition; ${what} says it itself.`);
}
