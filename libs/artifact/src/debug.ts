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
