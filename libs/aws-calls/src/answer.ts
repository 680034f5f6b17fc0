import type { Shape } from './models/shape.ts';
import { nearest } from './nearest.ts';

/** How an answer that somebody made up is held to its shape, as in AWS's TestState. */
export type FieldValidationMode = 'STRICT' | 'PRESENT' | 'NONE';

/** Where a made-up answer differs from what the call gives. */
export interface AnswerFault {
  readonly kind: 'missing' | 'unknown' | 'type';
  /** From the answer down: names and indices. */
  readonly path: readonly (string | number)[];
  /** A sentence that starts where the path ends. */
  readonly message: string;
}

/**
 * Holds an answer to its shape. STRICT wants the members that the model requires, PRESENT only looks
 * at those that are there. A moment is an ISO 8601 text, bytes are a text: so Step Functions gives them.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_MockInput.html
 */
export function answerFaults(
  value: unknown,
  shape: Shape,
  mode: FieldValidationMode,
): readonly AnswerFault[] {
  if (mode === 'NONE') return [];
  const faults: AnswerFault[] = [];
  const definitions = (shape['$defs'] ?? {}) as Readonly<Record<string, Shape>>;

  const visit = (at: unknown, given: Shape, path: AnswerFault['path']): void => {
    const own = resolve(given, definitions);
    const report = (kind: AnswerFault['kind'], message: string, where = path) =>
      void faults.push({ kind, path: where, message });
    const wanted = typesOf(own);
    const type = typeOf(at);
    if (wanted !== undefined && !wanted.includes(type)) {
      return report(
        'type',
        `is ${article(type)}, where the call gives ${wanted.map(article).join(' or ')}`,
      );
    }
    if (own['format'] === 'date-time' && typeof at === 'string' && !MOMENT.test(at)) {
      return report(
        'type',
        `is ${JSON.stringify(at)}, where the call gives a moment such as 2026-11-22T06:00:00Z`,
      );
    }
    if (Array.isArray(at)) {
      const items = own['items'] as Shape | undefined;
      if (items) at.forEach((item, index) => visit(item, items, [...path, index]));
    } else if (type === 'object') members(at as object, own, path, report);
  };

  const members = (
    at: object,
    own: Shape,
    path: AnswerFault['path'],
    report: (kind: AnswerFault['kind'], message: string, where?: AnswerFault['path']) => void,
  ): void => {
    const properties = (own['properties'] ?? {}) as Readonly<Record<string, Shape>>;
    const others = own['additionalProperties'];
    for (const [name, inner] of Object.entries(at)) {
      const where = [...path, name];
      if (Object.hasOwn(properties, name)) visit(inner, properties[name] as Shape, where);
      else if (others === false) {
        const near = nearest(name, Object.keys(properties));
        const hint =
          near === undefined
            ? ` (${Object.keys(properties).join(', ')})`
            : `: did you mean ${near}?`;
        report('unknown', `is nothing that the call gives${hint}`, where);
      } else if (typeof others === 'object') visit(inner, others as Shape, where);
    }
    if (mode === 'PRESENT') return;
    const there = new Set(Object.keys(at).map((name) => name.toLowerCase()));
    for (const name of (own['required'] ?? []) as readonly string[]) {
      if (there.has(name.toLowerCase())) continue;
      report('missing', `lacks ${name}, which the call always gives`);
    }
  };

  visit(value, shape, []);
  return faults;
}

/** As Step Functions writes one: `2026-11-22T06:00:00Z`, with or without a fraction. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;
/** Levels of structures in each other; some shapes contain themselves. */
const MAX_DEPTH = 6;

/**
 * The smallest answer of a shape: what the model requires, and where it requires nothing each member
 * once, lists empty; a start for a mock.
 */
export function smallestOf(shape: Shape): unknown {
  const definitions = (shape['$defs'] ?? {}) as Readonly<Record<string, Shape>>;
  const small = (given: Shape, depth: number): unknown => {
    const own = resolve(given, definitions);
    const [type] = typesOf(own) ?? ['object'];
    switch (type) {
      case 'string': {
        const [value] = (own['examples'] ?? []) as readonly string[];
        return value ?? (own['format'] === 'date-time' ? '1970-01-01T00:00:00Z' : '');
      }
      case 'number':
        return 0;
      case 'boolean':
        return false;
      case 'array':
        return [];
      default: {
        const required = (own['required'] ?? []) as readonly string[];
        const properties = Object.entries((own['properties'] ?? {}) as Record<string, Shape>);
        const wanted = properties.filter(([name]) =>
          required.length > 0 ? required.includes(name) : depth === 0 && !isBeside(name),
        );
        if (depth > MAX_DEPTH) return {};
        return Object.fromEntries(wanted.map(([name, inner]) => [name, small(inner, depth + 1)]));
      }
    }
  };
  return small(shape, 0);
}

/** What belongs to the call rather than to its answer, and the token that a last page lacks. */
function isBeside(name: string): boolean {
  return /^Sdk(?:Http|Response)Metadata$|^Next|Token$|Marker$/.test(name);
}

function resolve(shape: Shape, definitions: Readonly<Record<string, Shape>>): Shape {
  const reference = shape['$ref'];
  return typeof reference === 'string'
    ? (definitions[reference.replace('#/$defs/', '')] ?? {})
    : shape;
}

function typesOf(shape: Shape): readonly string[] | undefined {
  const type = shape['type'] as string | readonly string[] | undefined;
  return type === undefined ? undefined : [type].flat();
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function article(type: string): string {
  return type === 'null' ? type : `${/^[ao]/.test(type) ? 'an' : 'a'} ${type}`;
}
