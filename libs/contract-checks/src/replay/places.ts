/** What of an event is needed to tell where it happened. */
interface PlacedEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Where in a run an event happened. */
export interface EventPlace {
  /** The iterations around it: `Each[2]/Page[0]/`, '' outside of a Map. */
  readonly path: string;
  /** The state; '' before the first. */
  readonly state: string;
  /** The how-manieth time that the state was entered in its path, from 0. */
  readonly visit: number;
  /** The Parallel or Map around it. */
  readonly around: EventPlace | undefined;
  /** The state is a Parallel or Map, and nothing inside it. */
  readonly itself: boolean;
  /** That state is over. */
  readonly over: boolean;
}

const START: EventPlace = {
  ...{ path: '', state: '', visit: 0, around: undefined, itself: false, over: false },
};

/** Follows a history event by event and tells where each happened. */
export class Places {
  readonly #places = new Map<number, EventPlace>();
  readonly #visits = new Map<string, number>();

  follow(event: PlacedEvent): EventPlace {
    const place = this.#placeOf(event, this.#places.get(event.previousEventId) ?? START);
    this.#places.set(event.id, place);
    return place;
  }

  #placeOf({ type, details }: PlacedEvent, before: EventPlace): EventPlace {
    const name = details['name'];
    if (type.endsWith('StateEntered')) return this.#entered(type, String(name), before);
    if (type.startsWith('MapIteration')) {
      const map = named(before, String(name));
      const path = `${map.path}${String(name)}[${String(details['index'])}]/`;
      return { ...START, path, around: { ...map, itself: true, over: false } };
    }
    if (!/^(Map|Parallel)State/.test(type)) return before;
    // A state's own events: its last one follows whatever inside it came last.
    const own =
      typeof name === 'string'
        ? named(before, name)
        : before.itself && !before.over
          ? before
          : (before.around ?? before);
    return { ...own, itself: true, over: /(Exited|Failed|Aborted)$/.test(type) };
  }

  #entered(type: string, state: string, before: EventPlace): EventPlace {
    const inside = before.itself && !before.over;
    const around = inside ? before : before.around;
    const { path } = before;
    const key = `${path} ${state}`;
    const visit = this.#visits.get(key) ?? 0;
    this.#visits.set(key, visit + 1);
    return { path, state, visit, around, itself: /^(Map|Parallel)/.test(type), over: false };
  }
}

/** The state of that name, here or around. */
function named(from: EventPlace, name: string): EventPlace {
  let place = from;
  while (place.state !== name && place.around !== undefined) place = place.around;
  return place;
}
