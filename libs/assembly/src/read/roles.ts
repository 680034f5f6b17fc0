import type { PolicyStatement } from '../model.ts';
import { isObject } from '@harmony/schema';
import { type JsonObject, objectAt } from './json-file.ts';
import type { Template } from './template.ts';

/** A role with all its statements that the template holds. */
export interface RoleModel {
  readonly arn: string;
  readonly statements: readonly PolicyStatement[];
  readonly foreignPolicies: readonly string[];
}

/** The roles of a stack: inline policies, attached policies and own managed policies, resolved. */
export function readRoles(template: Template): RoleModel[] {
  const attached = attachments(template);
  const managed = managedPolicies(template);
  return template.resources('AWS::IAM::Role').map(([logicalId, resource]) => {
    const properties = objectAt(resource, 'Properties');
    const identity = template.identity(logicalId);
    const name = identity?.name ?? logicalId;
    const own = list(template.resolve(properties.Policies)).flatMap((policy) =>
      statementsOf(objectAt(policy, 'PolicyDocument')),
    );
    const managedArns = list(template.resolve(properties.ManagedPolicyArns)).map(String);
    return {
      arn: identity?.arn ?? name,
      statements: [
        ...own,
        ...attached
          .filter(({ roles }) => roles.includes(name))
          .flatMap(({ statements }) => statements),
        ...managedArns.flatMap((arn) => managed.get(arn) ?? []),
      ],
      foreignPolicies: managedArns.filter((arn) => !managed.has(arn)),
    };
  });
}

interface Attachment {
  readonly roles: readonly string[];
  readonly statements: readonly PolicyStatement[];
}

function attachments(template: Template): Attachment[] {
  return ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
    template.resources(type).map(([, resource]) => {
      const { Roles, RoleName, PolicyDocument } = objectAt(resource, 'Properties');
      return {
        roles: list(template.resolve(Roles ?? RoleName)).map(String),
        statements: statementsOf(template.resolve(PolicyDocument)),
      };
    }),
  );
}

function managedPolicies(template: Template): Map<string, PolicyStatement[]> {
  return new Map(
    template
      .resources('AWS::IAM::ManagedPolicy')
      .map(([logicalId, resource]) => [
        template.identity(logicalId)?.arn ?? logicalId,
        statementsOf(template.resolve(objectAt(resource, 'Properties').PolicyDocument)),
      ]),
  );
}

function statementsOf(document: unknown): PolicyStatement[] {
  return list(isObject(document) ? document.Statement : undefined)
    .filter((statement): statement is JsonObject => isObject(statement))
    .map((statement) => ({
      effect: statement.Effect === 'Deny' ? 'Deny' : 'Allow',
      actions: list(statement.Action).map(String),
      notActions: list(statement.NotAction).map(String),
      resources: list(statement.Resource).map(String),
      notResources: list(statement.NotResource).map(String),
      conditional: statement.Condition !== undefined,
      ...(isObject(statement.Condition) ? { conditions: conditionsOf(statement.Condition) } : {}),
    }));
}

function conditionsOf(condition: JsonObject): PolicyStatement['conditions'] {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => [
          key,
          list(values).map(String),
        ]),
      ),
    ]),
  );
}

/** IAM and CloudFormation take one item or a list. */
function list(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
