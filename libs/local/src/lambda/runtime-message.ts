import type { FunctionErrorPayload, RuntimeMessage } from './protocol.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one line of what a handler's process sends. The handler shares the process with its runtime
 * and may write there too, or have changed what the runtime writes with: nothing is taken on trust.
 * @returns undefined for what the runtime does not say
 */
export function parseRuntimeMessage(line: string): RuntimeMessage | undefined {
  const value = parse(line);
  if (!isFields(value)) return undefined;
  const { type, stream, text, requestId, json } = value;
  switch (type) {
    case 'ready':
      return { type };
    case 'log':
      if ((stream !== 'stdout' && stream !== 'stderr') || typeof text !== 'string')
        return undefined;
      return { type, stream, text };
    case 'response':
      if (typeof requestId !== 'string' || typeof json !== 'string') return undefined;
      return parse(json) === undefined ? undefined : { type, requestId, json };
    case 'error': {
      const error = errorOf(value['error']);
      if (typeof requestId !== 'string' || error === undefined) return undefined;
      return { type, requestId, error };
    }
    case 'init-error':
    case 'crash': {
      const error = errorOf(value['error']);
      return error === undefined ? undefined : { type, error };
    }
    default:
      return undefined;
  }
}

function errorOf(value: unknown): FunctionErrorPayload | undefined {
  if (!isFields(value)) return undefined;
  const { errorType, errorMessage, trace, requestId, stackTrace } = value;
  if (typeof errorType !== 'string' || typeof errorMessage !== 'string') return undefined;
  if (typeof requestId === 'string' && isTexts(stackTrace)) {
    // As Lambda's Python runtime orders them.
    return { errorMessage, errorType, requestId, stackTrace };
  }
  if (trace === undefined) return { errorType, errorMessage };
  return isTexts(trace) ? { errorType, errorMessage, trace } : undefined;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** Undefined for what is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
