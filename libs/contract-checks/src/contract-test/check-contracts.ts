import { ArtifactError, readOrchestrator, type TargetEntry } from '@harmony/artifact';
import { checkChains, checkConfiguration, checkOrder } from '@harmony/artifact/rules';
import {
  type Assembly,
  contractIn,
  contractOf,
  type Stage,
  type StateMachine,
} from '@harmony/assembly';
import { compareSchemas } from '@harmony/schema/compare';
import { instancePath } from '@harmony/schema/paths';
import { type ContractFinding, findingAt, type Found, type Place } from './contract-finding.ts';
import { declaredFieldsOnly } from './declared-fields.ts';
import { checkPermissions } from './permissions.ts';
import { checkRules } from './rules.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The contract test: whether each orchestrator of the assembly fits the children it will run. Reads
 * the rendered definitions, schemas and roles, so it judges what would be deployed, however that
 * was written. `[]` when all is well; findings in the order of stages, orchestrators and targets.
 */
export function checkContracts(assembly: Assembly): ContractFinding[] {
  return assembly.stages.flatMap((stage) =>
    stage.stateMachines.flatMap((machine) => checkOrchestrator(assembly, stage, machine)),
  );
}

function checkOrchestrator(
  assembly: Assembly,
  stage: Stage,
  machine: StateMachine,
): ContractFinding[] {
  const { orchestration } = machine;
  if (orchestration === undefined) return [];
  const place: Place = { stage: stage.name, orchestrator: orchestration.name };
  let rendered;
  try {
    rendered = readOrchestrator(machine.definition);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    const { path, reason } = error;
    return [findingAt(place, { code: 'DEFINITION_UNREADABLE', path, reason })];
  }
  const { targets } = rendered;
  const misplaced = checkOrder(targets);
  const order = Map.groupBy(
    misplaced.length > 0 ? misplaced : checkChains(timed(targets, stage), rendered.timeout),
    ({ target }) => target,
  );
  const around = { assembly, stage, machine, orchestration, rendered, order };
  const children = [...new Set(targets.map((target) => target.stateMachineArn))].sort();
  return [
    ...targets.flatMap((target) =>
      checkTarget(around, target).map((found) => findingAt({ ...place, target: target.id }, found)),
    ),
    ...checkPermissions(machine, children).map(({ code, reason }) =>
      findingAt(place, { code, path: 'role', reason: `${machine.roleArn} ${reason}` }),
    ),
  ];
}

/** With the timeout of its child where a target has none: as long as that may it take. */
function timed(targets: readonly TargetEntry[], { stateMachines }: Stage) {
  return targets.map(({ id, dependsOn, delay, timeout, stateMachineArn }) => {
    const child = stateMachines.find(({ arn }) => arn === stateMachineArn);
    return {
      ...{ id, delay, timeout: timeout ?? child?.definition['TimeoutSeconds'] },
      ...(dependsOn === undefined ? {} : { dependsOn }),
    };
  });
}

function checkTarget(around: Surroundings, target: TargetEntry): Found[] {
  const { assembly, stage, orchestration } = around;
  const child = stage.stateMachines.find(({ arn }) => arn === target.stateMachineArn);
  if (!child) return [missingChild(assembly, stage, target)];
  const contract = contractOf(child);
  if (!contract) {
    return [
      {
        code: 'CONTRACT_MISSING',
        path: 'child',
        reason: `state machine ${child.name} carries no contract: it is not a child workflow`,
      },
    ];
  }
  if (contract.name !== target.child) {
    return [
      {
        code: 'CHILD_MISMATCH',
        path: 'child',
        reason: `is ${target.child}, but ${target.stateMachineArn} is ${contract.name}`,
      },
    ];
  }
  return [
    ...checkConfiguration(target, contract, {
      targets: around.rendered.targets,
      output: (name) => contractIn(stage, name)?.output,
    }).map(({ code, path, reason }) => ({ code, path, reason })),
    ...compareSchemas({
      from: declaredFieldsOnly(orchestration.payload),
      to: contract.payload,
    }).map(({ verdict, pointer, message }) => ({
      code: 'PAYLOAD' as const,
      path: instancePath('payload', pointer),
      reason: `${verdict === 'unknown' ? 'unknown: ' : ''}${message} (required by ${contract.name})`,
    })),
    ...checkRules(around, target, child),
  ];
}

function missingChild(assembly: Assembly, stage: Stage, target: TargetEntry): Found {
  const elsewhere = assembly.stages.find(({ stateMachines }) =>
    stateMachines.some(({ arn }) => arn === target.stateMachineArn),
  );
  const known = stage.stateMachines.flatMap(({ contract }) => contract?.name ?? []).join(', ');
  return {
    code: 'CHILD_MISSING',
    path: 'stateMachineArn',
    reason: elsewhere
      ? `${target.stateMachineArn} belongs to stage ${elsewhere.name}`
      : `no state machine of this stage is ${target.stateMachineArn}; its children are: ${known || 'none'}`,
  };
}
