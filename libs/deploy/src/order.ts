/** What is put in order: by its name, and the names of what it uses. */
interface Node {
  readonly name: string;
  readonly uses: readonly string[];
}

/** By name: everything that it uses, and that those use, and so on; itself only in a circle. */
export function allUses(nodes: readonly Node[]): ReadonlyMap<string, ReadonlySet<string>> {
  const uses = new Map(nodes.map((node) => [node.name, node.uses]));
  return new Map(
    nodes.map(({ name }) => {
      const found = new Set<string>();
      const next = [...(uses.get(name) ?? [])];
      for (let used = next.pop(); used !== undefined; used = next.pop()) {
        if (found.has(used)) continue;
        found.add(used);
        next.push(...(uses.get(used) ?? []));
      }
      return [name, found];
    }),
  );
}

/**
 * Waves, each using only what went before: the depth in the graph of what is planned. Things that use
 * each other in a circle have no order among them and share a wave.
 *
 * @param planned names of those to put in order
 * @param uses as `allUses` gives it, of all there are: an order may go through what is not planned
 */
export function wavesOf(
  planned: readonly string[],
  uses: ReadonlyMap<string, ReadonlySet<string>>,
): readonly (readonly string[])[] {
  const usedBy = (name: string) =>
    planned.filter((other) => uses.get(name)?.has(other) && !uses.get(other)?.has(name));
  const depths = new Map<string, number>();
  const depthOf = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const depth = Math.max(-1, ...circleOf(name).flatMap(usedBy).map(depthOf)) + 1;
    for (const each of circleOf(name)) depths.set(each, depth);
    return depth;
  };
  const circleOf = (name: string) => [
    name,
    ...planned.filter(
      (other) => other !== name && uses.get(name)?.has(other) && uses.get(other)?.has(name),
    ),
  ];
  const waves = Map.groupBy(planned, depthOf);
  return [...waves].sort(([a], [b]) => a - b).map(([, names]) => names);
}
