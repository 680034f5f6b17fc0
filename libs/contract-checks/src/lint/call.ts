import { type CallModel, nearest, readResource, type Shape } from '@harmony/aws-calls';
import { isObject } from '@harmony/schema';
import { checkErrors } from './call-errors.ts';
import type { Fact, JsonType } from './fact.ts';
import type { Language, StateVisit } from './flow.ts';
import { typesOf } from './read.ts';
import type { Reporter } from './reporter.ts';
import { article, below, declaredAt } from './scope.ts';

/** What is known of the parts of a template, by their JSON pointers. */
export type Parts = ReadonlyMap<string, Fact>;

/** What AWS says of a Task's call; what it says against the call, and of its errors, is reported. */
export function modelOfTask(visit: StateVisit): CallModel | undefined {
  const { flow, state, pointer } = visit;
  const resource = state['Resource'];
  if (flow.models === undefined || typeof resource !== 'string') return undefined;
  const call = readResource(resource);
  if (call === undefined || call.isDirect === true) return undefined;
  const model = flow.models.of(call);
  const at = below(pointer, 'Resource');
  if (model.kind === 'not-checked') {
    const name = `${call.service}:${call.action}`;
    flow.reporter.notChecked(at, `the call ${name} is not checked: ${model.reason}`, model.install);
  } else if (model.kind === 'wrong') {
    const near = model.nearest === undefined ? '' : `: did you mean ${model.nearest}?`;
    const message = `AWS has no ${model.part} ${model.name}${near}`;
    flow.reporter.problem('error', 'CALL_UNKNOWN', at, message);
  } else checkErrors(visit, call, model);
  return model;
}

/** Holds what a call is given to what it takes. */
export function checkArguments(
  visit: StateVisit,
  language: Language,
  given: Fact,
  parts: Parts,
  model: CallModel | undefined,
): void {
  if (model?.kind !== 'known') return;
  const field = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const { reporter } = visit.flow;
  const check = new ArgumentCheck(reporter, parts, language, model.input);
  const template = visit.state[field];
  const pointer = below(visit.pointer, template === undefined ? 'Resource' : field);
  if (template === undefined) check.fact(given, model.input, pointer, '');
  else check.template(template, model.input, pointer, '');
}

/** Members that carry JSON as a text: AWS takes an object there and writes it out. */
const CARRIES_JSON =
  /(?:^|\.)(?:Input|Output|Payload|Detail|Message|MessageBody|Body|ClientContext|\w*(?:Document|Policy|Definition|Json|Template))$/;

class ArgumentCheck {
  readonly #reporter: Reporter;
  readonly #parts: Parts;
  readonly #language: Language;
  readonly #root: Shape;

  constructor(reporter: Reporter, parts: Parts, language: Language, root: Shape) {
    this.#reporter = reporter;
    this.#parts = parts;
    this.#language = language;
    this.#root = root;
  }

  /** @param path of the member, for messages: `Entries[].Detail` */
  template(template: unknown, given: Shape, pointer: string, path: string): void {
    const shape = this.#resolved(given);
    if (isObject(template) && this.#fits(['object'], shape, path)) {
      const names = Object.keys(template).map((key) => [key, this.#nameOf(key, template)] as const);
      for (const [key, name] of names) {
        const member = this.#member(name, shape, below(pointer, key), path);
        if (member === undefined) continue;
        this.template(template[key], member, below(pointer, key), join(path, name));
      }
      this.#required(
        names.map(([, name]) => name),
        shape,
        pointer,
        path,
      );
      return;
    }
    if (Array.isArray(template) && this.#fits(['array'], shape, path)) {
      const items = shape['items'] as Shape | undefined;
      if (items === undefined) return;
      for (const [index, item] of template.entries()) {
        this.template(item, items, below(pointer, index), `${path}[]`);
      }
      return;
    }
    const fact = this.#parts.get(pointer);
    if (fact === undefined) return;
    this.fact(fact, shape, pointer, path);
  }

  fact(fact: Fact, given: Shape, pointer: string, path: string): void {
    const shape = this.#resolved(given);
    const types = typesOf(fact);
    const name = path === '' ? 'the call' : path;
    if (types && !this.#fits(types, shape, path)) {
      const wanted = article([shape['type'] as JsonType].flat());
      const message = `${name} takes ${wanted}, but is given ${article(types)}${declaredAt(fact)}`;
      const severity = isConverted(fact, shape) ? 'warning' : 'error';
      this.#reporter.problem(severity, 'MEMBER_TYPE', pointer, message);
      return;
    }
    if (fact.kind === 'object') {
      for (const [field, { fact: inner }] of fact.fields) {
        const member = this.#member(field, shape, pointer, path);
        if (member) this.fact(inner, member, pointer, join(path, field));
      }
      if (fact.base === undefined) this.#required([...fact.fields.keys()], shape, pointer, path);
    } else if (fact.kind === 'array' && shape['items'] !== undefined) {
      this.fact(fact.item, shape['items'] as Shape, pointer, `${path}[]`);
    } else if (fact.kind === 'scalar' && typeof fact.value === 'string') {
      this.#value(fact.value, shape, pointer, name);
    }
  }

  #member(name: string, shape: Shape, pointer: string, path: string): Shape | undefined {
    const properties = shape['properties'] as Readonly<Record<string, Shape>> | undefined;
    if (properties && Object.hasOwn(properties, name)) return properties[name];
    const others = shape['additionalProperties'];
    if (others !== false) return isObject(others) ? others : undefined;
    const names = Object.keys(properties ?? {});
    const near = nearest(name, names);
    const hint =
      near === undefined ? `: it has ${names.join(', ') || 'none'}` : `: did you mean ${near}?`;
    const of = path === '' ? 'the call' : path;
    const message = `${name} is no member of ${of}${hint}`;
    this.#reporter.problem('error', 'MEMBER_UNKNOWN', pointer, message);
    return undefined;
  }

  #required(given: readonly string[], shape: Shape, pointer: string, path: string): void {
    // Two spellings of one member may be taken: either will do.
    const there = new Set(given.map((name) => name.toLowerCase()));
    const missing = ((shape['required'] as readonly string[] | undefined) ?? []).filter(
      (name) => !there.has(name.toLowerCase()),
    );
    if (missing.length === 0) return;
    const message = `${path === '' ? 'the call' : path} lacks ${missing.join(' and ')}, which AWS requires`;
    this.#reporter.problem('error', 'MEMBER_MISSING', pointer, message);
  }

  #value(value: string, shape: Shape, pointer: string, name: string): void {
    const known = shape['examples'] as readonly string[] | undefined;
    if (known === undefined || known.includes(value)) return;
    const near = nearest(value, known);
    const hint =
      near === undefined ? ` (${known.slice(0, 12).join(', ')})` : `: did you mean ${near}?`;
    const message = `${JSON.stringify(value)} is no value of ${name} that AWS's model knows${hint}`;
    this.#reporter.problem('warning', 'MEMBER_VALUE', pointer, message);
  }

  #fits(types: readonly JsonType[], shape: Shape, path: string): boolean {
    const wanted = shape['type'] as string | readonly string[] | undefined;
    if (wanted === undefined) return true;
    const taken = [wanted].flat();
    if (types.some((type) => taken.includes(type))) return true;
    const isData = types.some((type) => type === 'object' || type === 'array');
    return isData && taken.includes('string') && CARRIES_JSON.test(path);
  }

  #nameOf(key: string, template: Readonly<Record<string, unknown>>): string {
    const isPath = this.#language === 'JSONPath' && key.endsWith('.$');
    return isPath && typeof template[key] === 'string' ? key.slice(0, -2) : key;
  }

  #resolved(shape: Shape): Shape {
    const reference = shape['$ref'];
    if (typeof reference !== 'string') return shape;
    const definitions = this.#root['$defs'] as Readonly<Record<string, Shape>>;
    return definitions[reference.replace('#/$defs/', '')] ?? {};
  }
}

/** Published state machines give "true" and "1" where the API takes a flag or a number, and run. */
function isConverted(fact: Fact, shape: Shape): boolean {
  const value = fact.kind === 'scalar' ? fact.value : undefined;
  if (typeof value !== 'string') return false;
  if (shape['type'] === 'boolean') return value === 'true' || value === 'false';
  return shape['type'] === 'number' && /^-?\d+(?:\.\d+)?$/.test(value);
}

const join = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);
