import type { CallerPayload, Contract } from '@harmony/contract';
import type { z } from 'zod';
import type { Target } from './target.ts';

/**
 * `T` itself if every target's child gets from payload `P` what it needs; otherwise, in place of
 * the target, a type whose keys say what is wrong, for the compiler to show.
 *
 * Compares what a trigger may send (the input side of `P`), because nothing between the trigger
 * and the child applies the defaults of `P`.
 */
export type TargetsFedBy<P extends z.ZodObject, T extends readonly Target[]> = {
  [I in keyof T]: T[I] extends Target<infer K> ? FedBy<z.input<P>, K, T[I]> : never;
};

/** Field by field: as a whole, a child that may do without all it reads would refuse everything. */
type FedBy<Sent, K extends Contract, T> = [Lacking<Sent, CallerPayload<K>>] extends [never]
  ? T
  : Complaint<Lacking<Sent, CallerPayload<K>>, K>;

/** Names of the fields of `Needed` that `Sent` lacks, may lack, or gives with another type. */
type Lacking<Sent, Needed> = keyof {
  [
    F in keyof Named<Needed> as Pick<Sent, F & keyof Sent> extends Pick<Needed, F> ? never : F
  ]: never;
};

/** Without the index signature of a loose object, which would swallow the names. */
type Named<T> = { [F in keyof T as string extends F ? never : number extends F ? never : F]: T[F] };

type Complaint<Fields, K extends Contract> = {
  readonly [
    F in Fields & string as `payload.${F}: not sent as "${K['name']}" needs it`
  ]: F extends keyof CallerPayload<K> ? CallerPayload<K>[F] : never;
};
