import type { History } from '../replay/history.ts';
import type { Redaction } from './redaction.ts';

/** A history as the AWS CLI writes them, without secrets and identities: what can be committed. */
export function redactedHistory({ events }: History, redaction: Redaction): object {
  return {
    events: events.map(({ timestamp, type, id, previousEventId, details }) => ({
      timestamp: new Date(timestamp).toISOString(),
      ...{ type, id, previousEventId },
      ...(Object.keys(details).length > 0 && { [detailsKey(type)]: redaction.value(details) }),
    })),
  };
}

function detailsKey(type: string): string {
  const state = /State(Entered|Exited)$/.exec(type)?.[0];
  const name = state ?? type;
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}EventDetails`;
}
