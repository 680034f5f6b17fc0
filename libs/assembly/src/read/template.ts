import type { Place } from '@harmony/artifact';
import { AssemblyError } from '../errors.ts';
import { isObject } from '@harmony/schema';
import { type JsonObject, objectAt } from './json-file.ts';
import { identityOf, placeOf, pseudoParameters, type ResourceIdentity } from './resources.ts';

type Intrinsic = (template: Template, argument: unknown) => unknown;

/** A template whose intrinsic functions can be resolved, as CloudFormation will at deployment. */
export class Template {
  readonly stackName: string;
  readonly #document: JsonObject;

  readonly #place: Place;
  readonly #pseudo: Readonly<Record<string, string>>;

  /** @param environment where it is deployed, as a manifest says it */
  constructor(stackName: string, document: JsonObject, environment?: string) {
    this.stackName = stackName;
    this.#place = placeOf(environment);
    this.#pseudo = pseudoParameters(this.#place);
    this.#document = document;
  }

  /** The resources of one type, by logical id, in the template's order. */
  resources(type: string): [logicalId: string, resource: JsonObject][] {
    return Object.entries(objectAt(this.#document, 'Resources')).filter(
      (entry): entry is [string, JsonObject] => isObject(entry[1]) && entry[1].Type === type,
    );
  }

  /**
   * `value` with every intrinsic function in it resolved.
   *
   * @throws AssemblyError `UNRESOLVED`, naming the function, when its value is known to AWS only
   */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.resolve(item)).filter((item) => item !== NO_VALUE);
    }
    if (!isObject(value)) return value;
    const [key, ...others] = Object.keys(value);
    if (key !== undefined && others.length === 0) {
      const intrinsic = INTRINSICS[key];
      if (intrinsic) return intrinsic(this, value[key]);
      if (key.startsWith('Fn::')) throw this.unresolved(value, `${key} is not supported`);
    }
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, item]) => [name, this.resolve(item)] as const)
        .filter(([, item]) => item !== NO_VALUE),
    );
  }

  /** Like `resolve`, for a value that must be text. */
  text(value: unknown): string {
    const resolved = this.resolve(value);
    if (typeof resolved === 'string') return resolved;
    if (typeof resolved === 'number' || typeof resolved === 'boolean') return String(resolved);
    throw this.unresolved(value, 'text was expected');
  }

  identity(logicalId: string): ResourceIdentity | undefined {
    const resource = objectAt(this.#document, 'Resources')[logicalId];
    if (!isObject(resource)) return undefined;
    return identityOf(this.stackName, this.#place, logicalId, resource, (name) => this.text(name));
  }

  /** What `Ref` gives for a pseudo parameter, a parameter or a resource. */
  ref(name: string): unknown {
    if (name === 'AWS::NoValue') return NO_VALUE;
    if (name === 'AWS::StackName') return this.stackName;
    if (name in this.#pseudo) return this.#pseudo[name];
    const parameter = objectAt(this.#document, 'Parameters')[name];
    if (isObject(parameter)) {
      // The default of an SSM parameter type is the parameter's name, not its value.
      if (parameter.Default !== undefined && !String(parameter.Type).startsWith('AWS::SSM::')) {
        return parameter.Default;
      }
      throw this.unresolved({ Ref: name }, 'the parameter has no default value');
    }
    const identity = this.identity(name);
    if (!identity) throw this.unresolved({ Ref: name }, 'the template has no such resource');
    return identity.ref;
  }

  attribute(logicalId: string, attribute: string): string {
    const identity = this.identity(logicalId);
    const expression = { 'Fn::GetAtt': [logicalId, attribute] };
    if (!identity) throw this.unresolved(expression, 'the template has no such resource');
    if (attribute === identity.arnAttribute && identity.arn !== undefined) return identity.arn;
    if (NAME_ATTRIBUTES.has(attribute)) {
      return identity.name;
    }
    throw this.unresolved(expression, 'its value is known to AWS only');
  }

  condition(name: unknown): boolean {
    const condition = objectAt(this.#document, 'Conditions')[String(name)];
    if (condition === undefined) {
      throw this.unresolved({ Condition: name }, 'the template has no such condition');
    }
    return this.holds(condition);
  }

  /** Whether a condition function holds; `{ Condition: name }` refers to one by name. */
  holds(expression: unknown): boolean {
    const name = isObject(expression) ? expression.Condition : undefined;
    return name === undefined ? this.resolve(expression) === true : this.condition(name);
  }

  unresolved(expression: unknown, reason: string): AssemblyError {
    return new AssemblyError(
      'UNRESOLVED',
      `${JSON.stringify(expression)} in stack ${this.stackName} cannot be resolved: ${reason}.`,
    );
  }
}

const NAME_ATTRIBUTES: ReadonlySet<string> = new Set(['Name', 'TopicName', 'QueueName']);

/** What `{ "Ref": "AWS::NoValue" }` gives: the property or item that holds it is left out. */
const NO_VALUE = Symbol('AWS::NoValue');

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (template, name) => template.ref(String(name)),
  'Fn::GetAtt': (template, argument) => {
    const [logicalId = '', ...attribute] = Array.isArray(argument)
      ? argument.map(String)
      : String(argument).split('.');
    return template.attribute(logicalId, attribute.join('.'));
  },
  'Fn::Join': (template, argument) => {
    const [delimiter, items] = pair(template, 'Fn::Join', argument);
    return list(template, items)
      .map((item) => template.text(item))
      .join(String(delimiter));
  },
  'Fn::Sub': (template, argument) => {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return String(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      const variable = isObject(variables) ? variables[name] : undefined;
      if (variable !== undefined) return template.text(variable);
      const [logicalId = '', ...attribute] = name.split('.');
      return attribute.length > 0
        ? template.attribute(logicalId, attribute.join('.'))
        : String(template.ref(name));
    });
  },
  'Fn::Select': (template, argument) => {
    const [index, items] = pair(template, 'Fn::Select', argument);
    const item = list(template, items)[Number(template.text(index))];
    if (item === undefined) {
      throw template.unresolved({ 'Fn::Select': argument }, 'the list has no such item');
    }
    return item;
  },
  'Fn::Split': (template, argument) => {
    const [delimiter, text] = pair(template, 'Fn::Split', argument);
    return template.text(text).split(String(delimiter));
  },
  'Fn::If': (template, argument) => {
    const [condition, whenTrue, whenFalse] = Array.isArray(argument) ? argument : [];
    return template.resolve(template.condition(condition) ? whenTrue : whenFalse);
  },
  'Fn::Equals': (template, argument) => {
    const [left, right] = pair(template, 'Fn::Equals', argument);
    return template.text(left) === template.text(right);
  },
  'Fn::Not': (template, argument) => !operands(argument).some((item) => template.holds(item)),
  'Fn::And': (template, argument) => operands(argument).every((item) => template.holds(item)),
  'Fn::Or': (template, argument) => operands(argument).some((item) => template.holds(item)),
};

function operands(argument: unknown): unknown[] {
  return Array.isArray(argument) ? argument : [];
}

function pair(template: Template, name: string, argument: unknown): [unknown, unknown] {
  if (Array.isArray(argument) && argument.length === 2) return [argument[0], argument[1]];
  throw template.unresolved({ [name]: argument }, 'two arguments were expected');
}

function list(template: Template, value: unknown): unknown[] {
  const resolved = template.resolve(value);
  if (Array.isArray(resolved)) return resolved;
  throw template.unresolved(value, 'a list was expected');
}
