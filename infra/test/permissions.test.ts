import { readAssembly } from '@harmony/assembly';
import { checkPermissions } from '@harmony/contract-checks/permissions';
import { describe, expect, it } from 'vitest';
import { stages } from '../src/stages.ts';
import { ASSEMBLY, AssemblyCopy, readTemplate, resources, type Template } from './assembly-copy.ts';

const stage = stages[0]?.name ?? '';

/** Every action that a child's role allows in line: handlers' and its own, as the template has them. */
async function children(): Promise<readonly (readonly [child: string, action: string])[]> {
  const assembly = await readAssembly(ASSEMBLY);
  const names = (assembly.stages[0]?.stateMachines ?? []).flatMap(
    ({ contract }) => contract?.name ?? [],
  );
  return names.flatMap((name) =>
    actionsOf(readTemplate(ASSEMBLY, stage, name)).map((action) => [name, action] as const),
  );
}

/** The statements of the state machine's role. */
function statements(template: Template): Template[] {
  const role = resources(template, 'AWS::IAM::Role').find((candidate) =>
    JSON.stringify(candidate).includes('states.amazonaws.com'),
  );
  return role?.Properties.Policies[0].PolicyDocument.Statement ?? [];
}

const list = (value: string | string[]): string[] => (Array.isArray(value) ? value : [value]);
const actionsOf = (template: Template) =>
  statements(template).flatMap(({ Action }) => list(Action));

async function findingsAfter(child: string, edit: (template: Template) => void) {
  using copy = new AssemblyCopy();
  copy.editTemplate(stage, child, edit);
  return checkPermissions(await readAssembly(copy.dir));
}

const every = await children();

describe('the roles of the synthesised children', () => {
  it('allow every call of their states, and nothing that no state calls', async () => {
    expect(checkPermissions(await readAssembly(ASSEMBLY))).toEqual([]);
  });

  it.each(every)('%s cannot do without %s', async (child, action) => {
    const findings = await findingsAfter(child, (template) => {
      for (const statement of statements(template)) {
        statement.Action = list(statement.Action).filter((one) => one !== action);
      }
    });
    expect(findings.length).toBeGreaterThan(0);
    for (const { code, severity, stateMachine, state, message } of findings) {
      expect([code, severity, stateMachine]).toEqual([
        'PERMISSION_MISSING',
        'error',
        `${stage}-${child}`,
      ]);
      expect(state).toBeTruthy();
      expect(message).toContain(action);
    }
  });

  it('are warned of for one action too many', async () => {
    const [child = ''] = every[0] ?? [];
    const findings = await findingsAfter(child, (template) => {
      statements(template).push({ Effect: 'Allow', Action: 'ec2:RunInstances', Resource: '*' });
    });
    expect(findings).toMatchObject([
      { code: 'PERMISSION_UNUSED', severity: 'warning', stateMachine: `${stage}-${child}` },
    ]);
  });
});
