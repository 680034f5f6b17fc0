import { type RenderedOrchestrator, STATE, type TargetEntry } from '@harmony/artifact';
import type { JsonSchema } from '@harmony/schema';
import { type SchemaBytes, schemaBytes } from '@harmony/schema/bytes';
import { schemaAt } from '@harmony/schema/paths';
import { fixedBytes, recordsFor } from '../render/records.ts';

/** The data of one state at its largest, and what it is made of. In bytes. */
export interface StateBytes {
  readonly state: string;
  readonly bytes: number;
  readonly parts: Readonly<Record<string, number>>;
}

export interface StateSizes {
  /** The largest first. */
  readonly states: readonly StateBytes[];
  /** Paths without a bound in their schema: one was assumed. */
  readonly assumed: readonly string[];
}

/** What Step Functions puts around a child's input and output. */
const ENVELOPE = 1_024;

/** @param outputOf a child's output schema, by the child's name; asked for kept outputs alone */
export function stateSizes(
  { format, targets, debug }: RenderedOrchestrator,
  payload: JsonSchema,
  outputOf: (child: string) => JsonSchema | undefined,
): StateSizes {
  const sent = schemaBytes(payload, 'payload');
  const outputs = new Map<string, SchemaBytes>();
  const bytesAt = (child: string, pointer: string): number => {
    const path = ['', ...pointer.split('/').slice(1)];
    const name = `${child} output${path.join('.')}`;
    const schema = schemaAt(outputOf(child) ?? true, path.slice(1))?.schema ?? true;
    const known = outputs.get(name) ?? schemaBytes(schema, name);
    outputs.set(name, known);
    return known.bytes;
  };
  const output = ({ child, keepOutput, provides = [] }: TargetEntry) =>
    [...(keepOutput === true ? [''] : []), ...provides]
      .map((pointer) => pointer.length + bytesAt(child, pointer))
      .reduce((sum, bytes) => sum + bytes, 0);
  const keeps = (item: TargetEntry) => item.keepOutput === true || item.provides !== undefined;
  const records = recordsFor(targets);
  const text = Math.max(0, records.errorLimit) * (records.full ? 4 : 1) + records.causeLimit * 4;
  const outcomes = targets.reduce((sum, item) => sum + fixedBytes(item, records.full) + text, 2);
  const kept = targets.filter(keeps).reduce((sum, item) => sum + output(item), 0);
  const widest = Math.max(0, ...targets.map(({ configuration }) => size(configuration)));
  const largestOutput = Math.max(0, ...targets.filter(keeps).map(output));
  const state = (name: string, parts: Record<string, number>): StateBytes => ({
    state: name,
    parts,
    bytes: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0),
  });
  const states = [
    state(STATE.run, { targets: size({ format, targets, debug }), payload: sent.bytes }),
    state(STATE.summarise, { outcomes, 'kept outputs': kept, counts: 150 }),
    state(STATE.execute, {
      configuration: widest,
      payload: sent.bytes,
      output: largestOutput,
      envelope: ENVELOPE,
    }),
  ].sort((a, b) => b.bytes - a.bytes);
  const assumed = [sent, ...outputs.values()].flatMap((found) => found.assumed);
  return { states, assumed: [...new Set(assumed)] };
}

export function size(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}
