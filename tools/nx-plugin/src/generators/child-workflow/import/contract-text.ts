/** What a definition reads of its payload, as `@harmony/contract-checks/lint` drafts it. */
export interface PayloadDraft {
  readonly type?: string;
  readonly optional: boolean;
  readonly fields: Readonly<Record<string, PayloadDraft>>;
  readonly item?: PayloadDraft;
}

/** The payload's schema, in Zod. Open at every depth: what no state reads by name, a service may get whole. */
export function payloadText({ fields }: Pick<PayloadDraft, 'fields'>): string {
  const lines = Object.entries(fields).map(
    ([name, field]) => `${JSON.stringify(name)}: ${schemaText(field)},`,
  );
  return lines.length === 0 ? 'z.looseObject({})' : `z.looseObject({\n${lines.join('\n')}\n})`;
}

function schemaText(draft: PayloadDraft): string {
  const text = draft.item
    ? `z.array(${schemaText({ ...draft.item, optional: false })})`
    : draft.type === 'object'
      ? payloadText(draft)
      : SCALARS.includes(draft.type ?? '')
        ? `z.${draft.type}()`
        : 'z.unknown()';
  return draft.optional ? `${text}.optional()` : text;
}

const SCALARS = ['string', 'number', 'boolean'];

/** A payload that the schema takes. */
export function examplePayload(draft: PayloadDraft): unknown {
  if (draft.item) return [examplePayload(draft.item)];
  switch (draft.type) {
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'object':
      return Object.fromEntries(
        Object.entries(draft.fields).map(([name, field]) => [name, examplePayload(field)]),
      );
    case 'array':
      return [];
    default:
      return 'text';
  }
}
