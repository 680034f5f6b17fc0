import { dirname, join } from 'node:path';
import type { Stage, StateMachine } from '@harmony/assembly';
import type { ContractDocument } from '@harmony/contract';
import type { Json } from '@harmony/schema';
import { readJson } from '@harmony/schema/json-text';
import { type Choices, replay, seeded } from '@harmony/schema/sample';
import { validator } from '@harmony/schema/validator';
import { type LocalSystem, NO_MOCK, type RunReport, startLocalSystem } from '@harmony/local';
import { readTextIfThere } from '@harmony/errors/text-file';
import { ContractChecksError } from '../errors.ts';
import { inputsOf } from './inputs.ts';
import { shrinkChoices } from './shrink.ts';
import type { FuzzFailure } from './fuzz-failure.ts';
import { wayOut } from './way-out.ts';

export interface FuzzOptions {
  /** From `readAssembly`. */
  readonly stage: Stage;
  /** The child's name, as its contract has it. */
  readonly child: string;
  /** Absolute; paths of mocks are relative to it. */
  readonly workspaceRoot: string;
  /** Valid inputs that are run, and as many invalid ones. Default 100. */
  readonly runs?: number;
  /** The same seed makes the same inputs. Default 1. */
  readonly seed?: number;
  /** Where each run's clock starts. Default 2026-01-31T08:00:00Z: no run depends on the day. */
  readonly startTime?: Date;
  /** The test case of the mocks that answers. Default HappyPath. */
  readonly mocksCase?: string;
  readonly signal?: AbortSignal;
}

export interface FuzzReport {
  readonly child: string;
  readonly seed: number;
  readonly valid: number;
  readonly invalid: number;
  /** Valid inputs whose run ended in an error of the child's own, which its users handle. */
  readonly failedByDesign: Readonly<Record<string, number>>;
  readonly failure?: FuzzFailure;
  /** It was ended before all inputs were run: what was not found says nothing. */
  readonly interrupted?: true;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const EVALUATION_ERRORS = new Set([
  'States.QueryEvaluationError',
  'States.ParameterPathFailure',
  'States.ResultPathMatchFailure',
  'States.IntrinsicFailure',
  'States.NoChoiceMatched',
  'States.Runtime',
]);
const CRASHES = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'Error']);

/** A failure before anything is advised. */
type Found = Omit<FuzzFailure, 'wayOut'>;
type Judge = (input: Json, report: RunReport) => Omit<Found, 'input' | 'seed'> | undefined;

/**
 * Runs a whole child, its real definition and handlers, on inputs made from its contract: valid
 * ones must get through, invalid ones must be refused before anything else happens. Ends at the
 * first failure, made as small as possible.
 *
 * @throws {ContractChecksError} `CONTRACT_NOT_FOUND` for a name that is no child of the stage,
 *   `FILE_UNREADABLE` for an `example.json` that is not JSON
 */
export async function fuzzChild(options: FuzzOptions): Promise<FuzzReport> {
  const { child, stage, runs = 100, seed = 1, signal } = options;
  const machine = stage.stateMachines.find(({ contract }) => contract?.name === child);
  const contract = machine?.contract;
  if (!machine || !contract) {
    throw new ContractChecksError('CONTRACT_NOT_FOUND', noChild(stage, child));
  }
  const inputs = inputsOf(contract, await exampleOf(machine, options.workspaceRoot));
  const failedByDesign: Record<string, number> = {};
  const judgeValid = validJudge(contract, failedByDesign);
  const judgeInvalid = invalidJudge(String(machine.definition['StartAt']));
  await using fuzzer = await Fuzzer.start(options);
  const counts = { valid: 0, invalid: 0 };
  try {
    for (let run = 0; run < runs; run++) {
      for (const kind of ['valid', 'invalid'] as const) {
        const make = kind === 'valid' ? inputs.valid : inputs.invalid;
        const judge = kind === 'valid' ? judgeValid : judgeInvalid;
        // A seed of its own for each input, so that one can be repeated alone.
        const failure = await fuzzer.try(make, judge, seed + run);
        if (failure === 'no input') continue;
        counts[kind]++;
        if (failure === undefined) continue;
        const advised = { ...failure, wayOut: wayOut(failure, machine.definition) };
        return { child, seed, ...counts, failedByDesign, failure: advised };
      }
    }
  } catch (error) {
    if (signal?.aborted !== true || error !== signal.reason) throw error;
    return { child, seed, ...counts, failedByDesign, interrupted: true };
  }
  return { child, seed, ...counts, failedByDesign };
}

/** `example.json` beside the child's mocks, where there is one. */
async function exampleOf({ mocks }: StateMachine, root: string): Promise<Json | undefined> {
  if (mocks === undefined) return undefined;
  const file = join(root, dirname(mocks), 'example.json');
  const text = await readTextIfThere(file, `the example ${file}`);
  if (text === undefined) return undefined;
  const reading = readJson(text);
  if (reading.ok) return reading.value as Json;
  const { line, column, reason } = reading.fault;
  throw new ContractChecksError(
    'FILE_UNREADABLE',
    `${file}:${line}:${column}: the example is not JSON: ${reason}.`,
  );
}

function noChild({ name, stateMachines }: Stage, child: string): string {
  const known = stateMachines.flatMap(({ contract }) => contract?.name ?? []).join(', ');
  return `stage ${name} has no child workflow ${JSON.stringify(child)}; it has: ${known || 'none'}.`;
}

class Fuzzer implements AsyncDisposable {
  readonly #system: LocalSystem;
  readonly #child: string;
  readonly #signal: AbortSignal | undefined;

  constructor(system: LocalSystem, child: string, signal: AbortSignal | undefined) {
    this.#system = system;
    this.#child = child;
    this.#signal = signal;
  }

  static async start(options: FuzzOptions): Promise<Fuzzer> {
    const { stage, workspaceRoot, mocksCase, child } = options;
    const startTime = options.startTime ?? new Date('2026-01-31T08:00:00Z');
    const system = await startLocalSystem({
      ...{ stage, workspaceRoot, clock: { startTime } },
      ...(mocksCase === undefined ? {} : { mocksCase }),
    });
    return new Fuzzer(system, child, options.signal);
  }

  async try(
    make: (choices: Choices) => Json | undefined,
    judge: Judge,
    seed: number,
  ): Promise<Found | 'no input' | undefined> {
    const choices = seeded(seed);
    const input = make(choices);
    if (input === undefined) return 'no input';
    const found = judge(input, await this.#run(input));
    if (!found) return undefined;
    const again = async (recorded: readonly number[]) => {
      const smaller = make(replay(recorded));
      if (smaller === undefined) return undefined;
      const failure = judge(smaller, await this.#run(smaller));
      return failure?.kind === found.kind ? { ...failure, input: smaller, seed } : undefined;
    };
    const smallest = await shrinkChoices(
      choices.recorded,
      async (recorded) => (await again(recorded)) !== undefined,
    );
    return (await again(smallest)) ?? { ...found, input, seed };
  }

  /** @throws the signal's reason: a run that was ended by it is judged by nobody */
  async #run(input: Json): Promise<RunReport> {
    const signal = this.#signal;
    signal?.throwIfAborted();
    const report = await this.#system.run(
      this.#child,
      input,
      signal === undefined ? {} : { signal },
    );
    signal?.throwIfAborted();
    return report;
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#system[Symbol.asyncDispose]();
  }
}

function validJudge(contract: ContractDocument, failedByDesign: Record<string, number>): Judge {
  const answers = validator(contract.output);
  return (_input, { status, output, error = '', cause, history }) => {
    if (status === 'SUCCEEDED') {
      if (output !== undefined && answers(output)) return undefined;
      return { kind: 'OUTPUT_REFUSED', ...(output === undefined ? {} : { output }) };
    }
    const about = { error, ...(cause === undefined ? {} : { cause }), ...lastState(history) };
    if (error === 'ContractViolation') return { kind: 'VALID_INPUT_REFUSED', ...about };
    if (EVALUATION_ERRORS.has(error)) return { kind: 'EVALUATION_FAILED', ...about };
    if (CRASHES.has(error)) return { kind: 'HANDLER_CRASHED', ...about };
    const name = error === NO_MOCK ? `${error} (no mock answers)` : error;
    failedByDesign[name] = (failedByDesign[name] ?? 0) + 1;
    return undefined;
  };
}

function invalidJudge(first: string): Judge {
  return (_input, { status, error = '', cause, history }) => {
    if (status === 'SUCCEEDED') return { kind: 'INVALID_INPUT_ACCEPTED' };
    const entered = statesEntered(history);
    if (error === 'ContractViolation' && entered.every((name) => name === first)) return undefined;
    const about = { error, ...(cause === undefined ? {} : { cause }), ...lastState(history) };
    return { kind: 'INVALID_INPUT_HALF_PROCESSED', ...about };
  };
}

function statesEntered(history: RunReport['history']): string[] {
  return history.flatMap((event) => {
    const details = event['stateEnteredEventDetails'] as { readonly name?: string } | undefined;
    return details?.name === undefined ? [] : [details.name];
  });
}

function lastState(history: RunReport['history']): { state?: string } {
  const state = statesEntered(history).at(-1);
  return state === undefined ? {} : { state };
}
