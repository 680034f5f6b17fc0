/** One text that was replaced wherever it stood. */
export interface Replacement {
  readonly kind: string;
  /** Enough of the original to know it by. */
  readonly original: string;
  readonly by: string;
  readonly count: number;
}

export interface RedactionOptions {
  /** More to replace, by what to call it. */
  readonly patterns?: ReadonlyMap<string, RegExp>;
  /** Texts to leave as they are. */
  readonly keep?: ReadonlySet<string>;
}

/** What is replaced by its look; the first group, where there is one, else all of it. */
const LOOKS: readonly (readonly [kind: string, look: RegExp, by: (nth: number) => string])[] = [
  [
    'private key',
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
    (nth) => `private-key-${nth}`,
  ],
  ['token', /eyJ[\w-]{10,}\.[\w-]{4,}\.[\w-]*/g, (nth) => `token-${nth}`],
  [
    'token',
    /\b(?:gh[pousr]_\w{20,}|xox[abprs]-[\w-]{10,}|sk-[\w-]{20,})/g,
    (nth) => `token-${nth}`,
  ],
  [
    'access key',
    /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g,
    (nth) => `AKIA${String(nth).padStart(16, '0')}`,
  ],
  ['e-mail address', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (nth) => `person-${nth}@example.com`],
  // The account in ARNs, and on its own.
  ['account id', /(?<![\w.-])\d{12}(?![\w.-]|\.\d)/g, accountFor],
];

/** Fields whose text is secret whatever it looks like. */
const SECRET =
  /(secret|password|passwd|api[-_]?key|private[-_]?key|authorization|session[-_]?key|access[-_]?key[-_]?id|sharedkey)/i;
const TOKEN = /token/i;

/** The first is the account of local runs. */
function accountFor(nth: number): string {
  return nth === 1 ? '123456789012' : String(nth).padStart(12, '0');
}

/**
 * Replaces secrets and identities: the same one by the same stand-in wherever it stands, in text, in
 * JSON inside of text, in Base64, and in the names of fields.
 */
export class Redaction {
  readonly #byOriginal = new Map<string, { kind: string; by: string; count: number }>();
  readonly #nth = new Map<string, number>();
  readonly #looks: typeof LOOKS;
  readonly #keep: ReadonlySet<string>;

  constructor({ patterns = new Map(), keep = new Set() }: RedactionOptions = {}) {
    const own = [...patterns].map(
      ([kind, look]) => [kind, look, (nth: number) => `${kind}-${nth}`] as const,
    );
    this.#looks = [...own, ...LOOKS];
    this.#keep = keep;
  }

  /** In the order in which they were met. */
  get replacements(): readonly Replacement[] {
    return [...this.#byOriginal].map(([original, { kind, by, count }]) => ({
      ...{ kind, by, count },
      original: original.length <= 4 ? '…' : `${original.slice(0, 4)}…`,
    }));
  }

  /** The same value with stand-ins; JSON in, JSON out. */
  value<T>(value: T): T {
    return this.#value(value, '') as T;
  }

  #value(value: unknown, field: string): unknown {
    if (typeof value === 'string') return this.#field(value, field);
    if (typeof value === 'number') {
      const text = String(value);
      const redacted = this.#text(text);
      return redacted === text ? value : Number(redacted);
    }
    if (Array.isArray(value)) return value.map((item) => this.#value(item, field));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [this.#text(name), this.#value(item, name)]),
    );
  }

  #field(text: string, field: string): string {
    if (text !== '' && SECRET.test(field))
      return this.#stand('secret', text, (nth) => `secret-${nth}`);
    if (text !== '' && TOKEN.test(field))
      return this.#stand('token', text, (nth) => `token-${nth}`);
    const inner = jsonIn(text);
    if (inner !== undefined) return JSON.stringify(this.#value(inner, field));
    const decoded = base64In(text);
    if (decoded !== undefined) {
      const redacted = this.#field(decoded, field);
      return redacted === decoded ? text : Buffer.from(redacted).toString('base64');
    }
    return this.#text(text);
  }

  #text(text: string): string {
    let redacted = text;
    for (const [kind, look, by] of this.#looks) {
      redacted = redacted.replaceAll(look, (found) => this.#stand(kind, found, by));
    }
    return redacted;
  }

  #stand(kind: string, original: string, by: (nth: number) => string): string {
    if (this.#keep.has(original) || this.#isStandIn(original)) return original;
    const known = this.#byOriginal.get(original);
    if (known !== undefined) {
      known.count++;
      return known.by;
    }
    const nth = (this.#nth.get(kind) ?? 0) + 1;
    this.#nth.set(kind, nth);
    const made = { kind, by: by(nth), count: 1 };
    if (made.by !== original) this.#byOriginal.set(original, made);
    return made.by;
  }

  /** A later look must not take a stand-in for an original. */
  #isStandIn(text: string): boolean {
    for (const { by } of this.#byOriginal.values())
      if (by === text) return !this.#byOriginal.has(text);
    return false;
  }
}

/** An object or an array as text. */
function jsonIn(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Text in Base64; undefined for what only looks like it. */
function base64In(text: string): string | undefined {
  if (text.length < 16 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    return undefined;
  const bytes = Buffer.from(text, 'base64');
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /[\u0000-\u0008\u000e-\u001f]/.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}
