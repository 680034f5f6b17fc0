import * as z from 'zod';
import type { Issue } from './errors.ts';
import { formatPath } from '@harmony/schema/paths';

/** How objects in a part of a contract treat fields they do not name. */
export type Openness = 'strict' | 'open-root' | 'any';

type Node = z.core.$ZodType;
type Def = z.core.$ZodTypes['_zod']['def'];

/** Checks that JSON Schema has a keyword for, exactly as Zod applies them. */
const CHECKS = new Set([
  'less_than',
  'greater_than',
  'multiple_of',
  'number_format',
  'min_length',
  'max_length',
  'length_equals',
  'string_format',
]);

/**
 * String formats that Zod checks with a regular expression alone, so that `pattern` says them
 * whole. Others (a URL, an IPv6 address, a JWT, a check digit) Zod checks in code.
 */
const FORMATS = new Set(
  `regex lowercase uppercase includes starts_with ends_with email guid uuid nanoid cuid cuid2 ulid
   xid ksuid datetime date time duration ipv4 mac cidrv4 e164 base64 base64url template_literal`.split(
    /\s+/,
  ),
);

const ANNOTATIONS = new Set(['title', 'description', 'examples', 'deprecated', 'id']);

const SCALARS = new Set(['string', 'number', 'boolean', 'null', 'any', 'unknown', 'never']);
const WRAPPERS = new Set([
  'optional',
  'nullable',
  'nonoptional',
  'default',
  'prefault',
  'readonly',
]);

const INSTEAD: Partial<Record<Def['type'], string>> = {
  transform: 'a transformation; compute it in a handler',
  pipe: 'a transformation (pipe, transform, preprocess, codec); compute it in a handler',
  catch: 'catch, which would hide a wrong input; use .default()',
  custom: 'a check in code (custom, instanceof); use enum, pattern, minimum and the like',
  date: 'a date; use z.iso.date() or z.iso.datetime()',
  bigint: 'a bigint; use z.int() or a string with a pattern',
  map: 'a Map; use z.record()',
  set: 'a Set; use z.array()',
  undefined: 'undefined; use .optional()',
  void: 'void; use .optional()',
  intersection: 'an intersection (strict objects refuse each other); use .extend()',
};

/**
 * Everything in `schema` that JSON Schema cannot say, each with its path. The artifact is checked
 * with JSON Schema and the running child with Zod: what only one of them knows would pass one
 * gate and fail at the other.
 */
export function findUnrepresentable(schema: Node, root: string, openness: Openness): Issue[] {
  const issues: Issue[] = [];
  const seen = new Set<Node>();
  const queue: { node: Node; path: string; isRoot: boolean }[] = [
    { node: schema, path: root, isRoot: true },
  ];
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    const { node, path, isRoot } = item;
    if (seen.has(node)) continue;
    seen.add(node);
    const report = (what: string) => issues.push({ path, message: what });
    inspectCommon(node, report);
    const def = node._zod.def as Def;
    const children = inspectType(def, report);
    if (def.type === 'object') inspectOpenness(def, openness, isRoot, report);
    // Options of a union at the root are roots themselves; so is what a wrapper wraps.
    const childIsRoot = isRoot && (def.type === 'union' || def.type === 'lazy');
    for (const [suffix, child] of children) {
      queue.push({ node: child, path: path + suffix, isRoot: childIsRoot });
    }
  }
  return issues;
}

function inspectCommon(node: Node, report: (what: string) => void): void {
  const def = node._zod.def as Def & { coerce?: boolean };
  if (def.coerce === true) report('JSON Schema cannot express a coercion; expect the type itself');
  if (node._zod.toJSONSchema) report('a JSON Schema of its own may not replace the one derived');
  for (const check of node._zod.def.checks ?? []) inspectCheck(check, report);
  const meta = z.globalRegistry.get(node) ?? {};
  for (const key of Object.keys(meta)) {
    if (!ANNOTATIONS.has(key)) {
      report(
        `.meta() may not set "${key}": only ${[...ANNOTATIONS].join(', ')} leave the meaning as it is`,
      );
    }
  }
}

function inspectCheck(check: z.core.$ZodCheck, report: (what: string) => void): void {
  const def = check._zod.def as z.core.$ZodCheckDef & { format?: string; pattern?: RegExp };
  if (def.check === 'overwrite') {
    report('JSON Schema cannot express a transformation (trim, case, overwrite)');
  } else if (!CHECKS.has(def.check)) {
    report(`JSON Schema cannot express a check in code (${def.check}: refine, superRefine, …)`);
  } else if (def.check === 'string_format') {
    inspectFormat(def.format, def.pattern, report);
  }
}

function inspectFormat(
  format: string | undefined,
  pattern: RegExp | undefined,
  report: (what: string) => void,
): void {
  if (format === undefined || !FORMATS.has(format)) {
    report(`JSON Schema cannot express the format "${format}" as Zod checks it; use .regex()`);
  } else if (pattern) inspectPattern(pattern, report);
}

function inspectPattern(pattern: RegExp, report: (what: string) => void): void {
  const flags = pattern.flags.replace('u', '');
  if (flags !== '') {
    report(`JSON Schema's pattern has no flags: write ${String(pattern)} without "${flags}"`);
    return;
  }
  try {
    // Validators compile `pattern` in Unicode mode, as JSON Schema asks.
    new RegExp(pattern.source, 'u');
  } catch (error) {
    report(`${String(pattern)} isn't a valid regular expression in Unicode mode: ${String(error)}`);
  }
}

/** Reports what is wrong with this node alone; returns its children with their path's suffix. */
function inspectType(def: Def, report: (what: string) => void): [suffix: string, child: Node][] {
  if (SCALARS.has(def.type)) {
    const { format, pattern } = def as { format?: string; pattern?: RegExp };
    if (def.type === 'string' && format !== undefined) inspectFormat(format, pattern, report);
    return [];
  }
  if (WRAPPERS.has(def.type)) {
    const { innerType, defaultValue } = def as { innerType: Node; defaultValue?: unknown };
    if (def.type === 'default' || def.type === 'prefault') {
      inspectDefault(innerType, defaultValue, report);
    }
    return [['', innerType]];
  }
  switch (def.type) {
    case 'object':
      return [
        ...Object.entries(def.shape).map(([key, child]): [string, Node] => [dot(key), child]),
        ...(def.catchall ? [['[*]', def.catchall] as [string, Node]] : []),
      ];
    case 'array':
      return [['[]', def.element]];
    case 'tuple':
      inspectTuple(def, report);
      return [
        ...def.items.map((child, index): [string, Node] => [`[${index}]`, child]),
        ...(def.rest ? [['[]', def.rest] as [string, Node]] : []),
      ];
    case 'record':
      inspectRecord(def, report);
      return [
        [' (key)', def.keyType],
        ['[*]', def.valueType],
      ];
    case 'union':
      if ((def as { unionFallback?: boolean }).unionFallback === true) {
        report('JSON Schema cannot express unionFallback; use z.union()');
      }
      return def.options.map((child) => ['', child]);
    case 'lazy':
      return [['', def.getter()]];
    case 'enum':
      return [];
    case 'literal':
      for (const value of def.values) {
        if (value !== null && !['string', 'number', 'boolean'].includes(typeof value)) {
          report(`JSON Schema cannot express the literal ${String(value)}`);
        }
      }
      return [];
    case 'template_literal':
      return [];
    default:
      report(`JSON Schema cannot express ${INSTEAD[def.type] ?? `z.${def.type}()`}`);
      return [];
  }
}

function inspectDefault(inner: Node, value: unknown, report: (what: string) => void): void {
  const shown = JSON.stringify(value);
  const result = z.safeParse(inner, value);
  if (shown === undefined || !result.success) {
    const reason = result.success ? 'it is not JSON' : result.error.issues[0]?.message;
    report(`the default ${shown} is refused by its own schema: ${reason}`);
  }
}

/** Zod lets a place be absent that takes `undefined`; its JSON Schema asks for it all the same. */
function inspectTuple(def: Extract<Def, { type: 'tuple' }>, report: (what: string) => void): void {
  for (const [index, child] of def.items.entries()) {
    if (child._zod.optin === undefined && z.safeParse(child, undefined).success) {
      report(`the place [${index}] of a tuple may not be of any type: name it, or use an object`);
    }
  }
}

function inspectRecord(
  def: Extract<Def, { type: 'record' }>,
  report: (what: string) => void,
): void {
  const { mode } = def as { mode?: string };
  if (mode === 'loose') report('JSON Schema cannot express a loose record; use z.record()');
  const key = def.keyType._zod.def as Def;
  if (!['string', 'enum', 'literal', 'union', 'template_literal'].includes(key.type)) {
    report(`the keys of a record are strings in JSON, not ${key.type}`);
  }
}

function inspectOpenness(
  def: Extract<Def, { type: 'object' }>,
  openness: Openness,
  isRoot: boolean,
  report: (what: string) => void,
): void {
  const catchall = (def.catchall?._zod.def as Def | undefined)?.type;
  if (openness === 'strict' && catchall !== 'never') {
    report('objects in a configuration are strict: z.strictObject(); z.record() for free keys');
  }
  if (openness === 'open-root' && isRoot && catchall !== undefined && catchall !== 'unknown') {
    report('a payload is open, since other children may need more of it: z.object()');
  }
}

function dot(key: string): string {
  return formatPath([key], ' ').slice(1);
}
