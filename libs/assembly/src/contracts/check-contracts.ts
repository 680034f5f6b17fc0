import { compareSchemas } from '@harmony/schema/compare';
import type { Assembly, OrchestrationDocument, Stage, StateMachine } from '../model.ts';
import { checkConfiguration } from './check-configuration.ts';
import { declaredFieldsOnly } from './declared-fields.ts';
import { instancePath } from './instance-path.ts';
import { checkPermissions } from './permissions.ts';
import type { ContractProblem, Finding } from './problem.ts';
import { checkRules } from './rules.ts';
import type { Surroundings } from './surroundings.ts';
import { contractIn, contractOf } from './contract-of.ts';
import { type RenderedTarget, renderedTargets } from './targets.ts';

/**
 * The contract test: whether each orchestrator of the assembly fits the children it will run. Reads
 * the rendered definitions, schemas and roles, so it judges what would be deployed, however that
 * was written. `[]` when all is well; problems in the order of stages, orchestrators and targets.
 */
export function checkContracts(assembly: Assembly): ContractProblem[] {
  return assembly.stages.flatMap((stage) =>
    stage.stateMachines.flatMap((machine) =>
      machine.orchestration
        ? checkOrchestrator(assembly, stage, machine, machine.orchestration)
        : [],
    ),
  );
}

function checkOrchestrator(
  assembly: Assembly,
  stage: Stage,
  machine: StateMachine,
  orchestration: OrchestrationDocument,
): ContractProblem[] {
  const place = { stage: stage.name, orchestrator: orchestration.name };
  const targets = renderedTargets(machine);
  if (targets === undefined) {
    return [
      {
        ...place,
        code: 'TARGETS_UNREADABLE',
        path: 'States["Inject targets"].Result.targets',
        reason: `the definition of ${machine.name} holds no list of targets (id, child, stateMachineArn, configuration)`,
      },
    ];
  }
  const children = [...new Set(targets.map((target) => target.stateMachineArn))].sort();
  return [
    ...targets.flatMap((target) =>
      checkTarget({ assembly, stage, machine, orchestration, targets }, target).map((finding) => ({
        ...place,
        target: target.id,
        ...finding,
      })),
    ),
    ...checkPermissions(machine, children).map((finding) => ({
      ...place,
      path: 'role',
      ...finding,
      reason: `${machine.roleArn} ${finding.reason}`,
    })),
  ];
}

function checkTarget(around: Surroundings, target: RenderedTarget): Finding[] {
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
      targets: around.targets,
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

function missingChild(assembly: Assembly, stage: Stage, target: RenderedTarget): Finding {
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
