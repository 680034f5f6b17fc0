import type { Account } from './content.ts';

/** One call as a service sees it: JSON bodies parsed, query parameters as texts. */
export type Parameters = Readonly<Record<string, unknown>>;

/** The answer's body; nothing where the double does not know the call. */
export type Service = (
  account: Account,
  action: string,
  parameters: Parameters,
) => object | undefined;

/** What AWS answers with an error code and a message. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** A part of a list, and the token for the next one. */
export function pageOf<T>(items: readonly T[], token: unknown, size: number) {
  const start = Number(token ?? 0);
  const next = start + size < items.length ? String(start + size) : undefined;
  return { items: items.slice(start, start + size), next };
}
