import type { Place } from '@harmony/artifact';
import { isObject } from '@harmony/schema';
import { AssemblyError } from '../errors.ts';
import { INTRINSICS } from './intrinsics.ts';
import { type JsonObject, objectAt, own } from './json-file.ts';
import { NO_VALUE } from './no-value.ts';
import { parameterValue } from './parameters.ts';
import { identityOf, placeOf, pseudoParameters, type ResourceIdentity } from './resources.ts';
import { dynamicReferences, type StandIn, standInArn, standInText } from './stand-ins.ts';

export interface TemplateOptions {
  /** Where it is deployed, as a manifest says it: `aws://123456789012/eu-central-1`. */
  readonly environment?: string;
  /** What a parent stack gives a nested one, with the stand-ins in it. */
  readonly given?: (parameter: string) => Traced<unknown>;
  /** The value of an export of another stack, undefined where none of the assembly exports it. */
  readonly imports?: (name: string) => unknown;
}

/** References that one template may follow: more is a template that grows with each of its levels. */
const MOST_REFERENCES = 200_000;

/** A value, and the stand-ins that it is made of. */
interface Traced<T> {
  readonly value: T;
  readonly standIns: readonly StandIn[];
}

/** A template whose intrinsic functions can be resolved, as CloudFormation will at deployment. */
export class Template {
  readonly stackName: string;
  readonly #document: JsonObject;
  readonly #options: TemplateOptions;
  readonly #place: Place;
  readonly #pseudo: Readonly<Record<string, string>>;
  readonly #nested = new Map<string, Template>();
  /** The stand-ins that were met since somebody began to ask. */
  #met = new Map<string, StandIn>();
  /** What is being resolved. */
  readonly #open = new Set<string>();
  #followed = 0;

  constructor(stackName: string, document: JsonObject, options: TemplateOptions = {}) {
    this.stackName = stackName;
    this.#options = options;
    this.#place = placeOf(options.environment);
    this.#pseudo = pseudoParameters(this.#place);
    this.#document = document;
  }

  /** A stack that one of its resources stands for, whose outputs are that resource's attributes. */
  nest(logicalId: string, document: JsonObject): Template {
    const properties = objectAt(own(this.#section('Resources'), logicalId), 'Properties');
    const parameters = objectAt(properties, 'Parameters');
    const nested = new Template(`${this.stackName}-${logicalId}`, document, {
      ...this.#options,
      // Only when it is asked for: another nested stack, which comes later, may give it.
      given: (name) => this.tracing(() => this.resolve(own(parameters, name))),
    });
    this.#nested.set(logicalId, nested);
    return nested;
  }

  /** The resources of one type, by logical id, in the template's order; those that a condition leaves out are none. */
  resources(type: string): [logicalId: string, resource: JsonObject][] {
    return Object.entries(this.#section('Resources')).filter(
      (entry): entry is [string, JsonObject] =>
        isObject(entry[1]) &&
        entry[1].Type === type &&
        (typeof entry[1].Condition !== 'string' || this.condition(entry[1].Condition)),
    );
  }

  /**
   * `value` with every intrinsic function in it resolved; what only AWS knows has a stand-in.
   *
   * @throws AssemblyError `UNRESOLVED`, naming the function, when the template itself is at fault
   */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.resolve(item)).filter((item) => item !== NO_VALUE);
    }
    if (!isObject(value)) return value;
    const [key, ...others] = Object.keys(value);
    if (key !== undefined && others.length === 0) {
      const intrinsic = own(INTRINSICS, key);
      if (intrinsic) return intrinsic(this, value[key]);
      if (key.startsWith('Fn::')) return this.standIn(value, `${key} is not known here`);
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
    if (resolved === NO_VALUE) return '';
    if (typeof resolved === 'number' || typeof resolved === 'boolean') return String(resolved);
    throw this.unresolved(value, 'text was expected');
  }

  /** What `resolving` gives, and the stand-ins that are in it. */
  tracing<T>(resolving: () => T): Traced<T> {
    const outer = this.#met;
    this.#met = new Map();
    try {
      const value = resolving();
      return { value, standIns: [...this.#met.values(), ...dynamicReferences(value)] };
    } finally {
      const met = this.#met;
      this.#met = outer;
      this.#note(met.values());
    }
  }

  identity(logicalId: string): ResourceIdentity | undefined {
    const resource = own(this.#section('Resources'), logicalId);
    if (!isObject(resource)) return undefined;
    return this.#once({ Ref: logicalId }, () =>
      identityOf(this.stackName, this.#place, logicalId, resource, (value) => this.resolve(value)),
    );
  }

  /** What `Ref` gives for a pseudo parameter, a parameter or a resource. */
  ref(name: string): unknown {
    if (name === 'AWS::NoValue') return NO_VALUE;
    if (name === 'AWS::StackName') return this.stackName;
    const pseudo = own(this.#pseudo, name);
    if (pseudo !== undefined) return pseudo;
    const parameter = own(this.#section('Parameters'), name);
    if (isObject(parameter)) {
      const given = this.#once({ Ref: name }, () => this.#options.given?.(name));
      this.#note(given?.standIns ?? []);
      const value = parameterValue(parameter, given?.value, standInText(this.stackName, name));
      return 'known' in value ? value.known : this.#meet({ Ref: name }, value.madeUp, value.reason);
    }
    const identity = this.identity(name);
    if (identity !== undefined) return identity.ref;
    return this.#absent({ Ref: name }, standInText(this.stackName, name));
  }

  attribute(logicalId: string, attribute: string): unknown {
    const expression = { 'Fn::GetAtt': [logicalId, attribute] };
    const nested = this.#nested.get(logicalId);
    const output = attribute.startsWith('Outputs.') ? attribute.slice('Outputs.'.length) : '';
    if (nested?.hasOutput(output) === true) return this.borrow(nested, output);
    const identity = this.identity(logicalId);
    const text = standInText(this.stackName, logicalId, attribute);
    if (!identity) return this.#absent(expression, text);
    const known = own(identity.attributes, attribute);
    if (known !== undefined) return known;
    const type = String(objectAt(this.#section('Resources'), logicalId)['Type']);
    const value = attribute.endsWith('Arn') ? standInArn(this.#place, type, text) : text;
    return this.#meet(expression, value, 'its value is known to AWS only');
  }

  /** What another stack of the assembly exports under the name. */
  imported(name: string): unknown {
    const value = this.#options.imports?.(name);
    if (value !== undefined) return value;
    return this.standIn({ 'Fn::ImportValue': name }, 'no stack of the assembly exports it');
  }

  hasOutput(name: string): boolean {
    return Object.hasOwn(this.#section('Outputs'), name);
  }

  /** The names of what it exports, with the outputs that give them. */
  exports(): [exportName: string, output: string][] {
    return Object.entries(this.#section('Outputs')).flatMap(([output, value]) => {
      const name = objectAt(value, 'Export').Name;
      return name === undefined ? [] : [[this.text(name), output] as [string, string]];
    });
  }

  /** An output of another stack; the stand-ins in it are met here. */
  borrow(from: Template, output: string): unknown {
    const { value, standIns } = from.tracing(() =>
      from.#once({ Output: output }, () =>
        from.resolve(objectAt(from.#section('Outputs'), output).Value),
      ),
    );
    this.#note(standIns);
    return value;
  }

  /** `Mappings[map][first][second]`; a mapping holds no functions. */
  mapping([map = '', first = '', second = '']: readonly string[]): unknown {
    return own(objectAt(objectAt(this.#section('Mappings'), map), first), second);
  }

  condition(name: unknown): boolean {
    const condition = own(this.#section('Conditions'), String(name));
    if (condition === undefined) {
      throw this.unresolved({ Condition: name }, 'the template has no such condition');
    }
    return this.#once({ Condition: name }, () => this.holds(condition));
  }

  /** Whether a condition function holds; `{ Condition: name }` refers to one by name. */
  holds(expression: unknown): boolean {
    const name = isObject(expression) ? expression.Condition : undefined;
    return name === undefined ? this.resolve(expression) === true : this.condition(name);
  }

  /** Stands for what only AWS can say of an expression. */
  standIn(expression: unknown, reason: string): string {
    const text = standInText(this.stackName, JSON.stringify(expression));
    this.#meet(expression, text, reason);
    return text;
  }

  unresolved(expression: unknown, reason: string): AssemblyError {
    return new AssemblyError(
      'UNRESOLVED',
      `${JSON.stringify(expression)} in stack ${this.stackName} cannot be resolved: ${reason}.`,
    );
  }

  /** @throws AssemblyError `UNRESOLVED` for what is needed to resolve itself, and for too much */
  #once<T>(reference: unknown, resolving: () => T): T {
    const key = JSON.stringify(reference);
    if (this.#open.has(key)) throw this.unresolved(reference, 'it leads back to itself');
    if (++this.#followed > MOST_REFERENCES) {
      throw this.unresolved(
        reference,
        `the template has more than ${MOST_REFERENCES} references, counted as often as they are used`,
      );
    }
    this.#open.add(key);
    try {
      return resolving();
    } finally {
      this.#open.delete(key);
    }
  }

  /** A macro may add what a template does not show: a SAM template its APIs and roles. */
  #absent(expression: unknown, text: string): unknown {
    if (this.#document['Transform'] === undefined) {
      throw this.unresolved(expression, 'the template has no such resource');
    }
    return this.#meet(expression, text, 'a macro of CloudFormation gives it');
  }

  #meet<T>(expression: unknown, value: T, reason: string): T {
    this.#note([{ value, expression: JSON.stringify(expression), reason }]);
    return value;
  }

  #note(standIns: Iterable<StandIn>): void {
    for (const standIn of standIns) this.#met.set(standIn.expression, standIn);
  }

  #section(name: string): JsonObject {
    return objectAt(this.#document, name);
  }
}
