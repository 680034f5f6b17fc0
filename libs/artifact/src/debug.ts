import * as z from 'zod';

/**
 * The run-time switches, in an execution's input, in the configuration of an orchestration that is a
 * target, and as a stage's defaults: the one statement of what they are.
 */
export const debugSwitches = z.strictObject({
  /** Start delayed targets at once. */
  skipDelays: z.boolean().optional(),
  /** Run these targets alone. Does not enable a disabled one. `null`: all (undoes a default). */
  only: z.array(z.string()).nullable().optional(),
  /** Leave these targets out. */
  disable: z.array(z.string()).optional(),
});

type Switches = z.infer<typeof debugSwitches>;

/** The switches as they are passed; each may be left out. */
export type Debug = { readonly [K in keyof Switches]: Frozen<Switches[K]> };

type Frozen<T> = T extends readonly (infer I)[] ? readonly I[] : T;

/** One switch, as whatever checks the switches outside of Zod needs it: read off the schema. */
export interface DebugSwitch {
  readonly name: keyof Switches;
  /** A yes or no, or ids of targets. */
  readonly takes: 'boolean' | 'ids';
  /** Whether `null` undoes a default. */
  readonly orNull: boolean;
}

export const DEBUG_SWITCHES: readonly DebugSwitch[] = Object.entries(debugSwitches.shape).map(
  ([name, schema]) => ({
    name: name as keyof Switches,
    takes: schema.safeParse(true).success ? 'boolean' : 'ids',
    orNull: schema.safeParse(null).success,
  }),
);

/** Whether a switch takes a value; one that is missing it does not. */
export function takesValue(name: keyof Switches, value: unknown): boolean {
  return value !== undefined && debugSwitches.shape[name].safeParse(value).success;
}
