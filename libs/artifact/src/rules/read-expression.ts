import jsonata from 'jsonata';

/** A field that an expression reads, from the value it is evaluated on. */
export interface FieldRead {
  readonly path: readonly string[];
  /** Characters into the expression, from 1, where the field's name ends. */
  readonly position: number;
}

export interface ReadExpression {
  readonly fields: readonly FieldRead[];
  /** Why it cannot be used; with the position in the expression where one is known. */
  readonly problems: readonly { readonly message: string; readonly position?: number }[];
}

/** Where a part of an expression looks: a path below the root, or a value nothing is known of. */
type Place = readonly string[] | undefined;
type Scope = ReadonlyMap<string, Place>;

interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly position?: number;
  readonly [field: string]: unknown;
}

/** JSONata's functions and those Step Functions adds; it offers no `$eval`. */
const FUNCTIONS = new Set(
  `string length substring substringBefore substringAfter uppercase lowercase trim pad contains
  split join match replace base64encode base64decode encodeUrlComponent encodeUrl
  decodeUrlComponent decodeUrl number abs floor ceil round power sqrt random formatNumber
  formatBase formatInteger parseInteger sum max min average boolean not exists count append sort
  reverse shuffle distinct zip keys lookup spread merge sift each error assert type now millis
  fromMillis toMillis map filter single reduce partition range hash uuid parse`.split(/\s+/),
);

/**
 * Parses a JSONata expression as Step Functions does (2.0.6) and lists the fields it reads. What
 * it cannot follow (a wildcard, the result of a function) it leaves out, never guesses.
 */
export function readExpression(text: string): ReadExpression {
  let ast: Node;
  try {
    ast = jsonata(text).ast() as unknown as Node;
  } catch (error) {
    const { message, position } = error as { message: string; position?: number };
    return { fields: [], problems: [{ message, ...(position === undefined ? {} : { position }) }] };
  }
  const reader = new Reader();
  reader.read(ast, [], new Map());
  return { fields: reader.fields, problems: reader.problems };
}

class Reader {
  readonly fields: FieldRead[] = [];
  readonly problems: { message: string; position?: number }[] = [];

  /** Follows a node, and says where its value lies. */
  read(node: Node, place: Place, scope: Scope): Place {
    switch (node.type) {
      case 'name':
        return this.#name(node, place);
      case 'variable':
        return this.#variable(node, place, scope);
      case 'path':
        return this.#path(node, place, scope);
      case 'block':
        return this.#block(node, place, scope);
      case 'bind':
        return this.read(node['rhs'] as Node, place, scope);
      case 'lambda': {
        const inner = new Map(scope);
        for (const { value } of node['arguments'] as Node[]) inner.set(String(value), undefined);
        this.read(node['body'] as Node, place, inner);
        return undefined;
      }
      case 'parent':
        this.#refuse('the parent operator % is not supported: name the field from the root', node);
        return undefined;
      case 'condition':
        for (const key of ['condition', 'then', 'else']) this.#child(node[key], place, scope);
        return undefined;
      default:
        this.#children(node, place, scope);
        return undefined;
    }
  }

  #name(node: Node, place: Place): Place {
    if (place === undefined) return undefined;
    const path = [...place, String(node.value)];
    this.fields.push({ path, position: node.position ?? 0 });
    return path;
  }

  #variable(node: Node, place: Place, scope: Scope): Place {
    const name = String(node.value);
    if (name === '') return place;
    if (scope.has(name)) return scope.get(name);
    if (name === '$') this.#refuse('$$ is not the payload here: name the field alone', node);
    else if (!FUNCTIONS.has(name)) this.#refuse(`there is no variable or function $${name}`, node);
    return undefined;
  }

  #path(node: Node, place: Place, scope: Scope): Place {
    let here = place;
    const inner = new Map(scope);
    for (const step of node['steps'] as Node[]) {
      here = this.read(step, here, inner);
      for (const stage of [step['stages'], step['predicate']].flat() as (Node | undefined)[]) {
        this.#child(stage?.['expr'], here, inner);
      }
      for (const key of ['focus', 'index']) {
        if (typeof step[key] === 'string') inner.set(step[key], undefined);
      }
    }
    this.#child(node['group'], here, inner);
    return here;
  }

  #block(node: Node, place: Place, scope: Scope): Place {
    const inner = new Map(scope);
    let last: Place;
    for (const expression of node['expressions'] as Node[]) {
      // A function may call itself.
      const name = expression.type === 'bind' ? String((expression['lhs'] as Node).value) : '';
      if (name !== '') inner.set(name, undefined);
      last = this.read(expression, place, inner);
      if (name !== '') inner.set(name, last);
    }
    return last;
  }

  #children(node: Node, place: Place, scope: Scope): void {
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'value' && key !== 'position') this.#child(value, place, scope);
    }
  }

  #child(value: unknown, place: Place, scope: Scope): void {
    if (Array.isArray(value)) for (const item of value) this.#child(item, place, scope);
    else if (isNode(value)) this.read(value, place, scope);
    else if (typeof value === 'object' && value !== null) {
      for (const item of Object.values(value)) this.#child(item, place, scope);
    }
  }

  #refuse(message: string, { position }: Node): void {
    this.problems.push({ message, ...(position === undefined ? {} : { position }) });
  }
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && 'type' in value && !(value instanceof RegExp)
  );
}
