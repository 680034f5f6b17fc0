import type { ReferenceEntry } from '@harmony/artifact';
import { providedBy } from '@harmony/artifact/rules';
import { pointerOf, takeReferences, type FoundReference } from '../reference.ts';
import { takeStageTexts } from '../stage/stage-values.ts';
import type { Target } from '../target.ts';
import type { PreparedTarget } from './target.ts';

/** Takes the references out of all configurations; what a target provides others decide. */
export function prepareTargets(list: readonly Target[]): PreparedTarget[] {
  const prepared = list.map((item) => {
    const { configuration: given, references, inLists } = takeReferences(item.configuration);
    const { configuration, stageTexts } = takeStageTexts(given);
    const waitsFor = new Set([
      ...(item.dependsOn ?? []),
      ...references.map(({ target }) => target),
    ]);
    const sent = {
      ...{ id: item.id, child: item.child, configuration, dependsOn: [...waitsFor] },
      ...(references.length === 0 ? {} : { references: references.map(referenceEntry) }),
    };
    return { item, sent, references, stageTexts, inLists };
  });
  const provided = providedBy(prepared.map(({ sent }) => sent));
  return prepared.map(({ sent, ...rest }) => {
    const provides = provided.get(sent.id);
    return { ...rest, sent: provides === undefined ? sent : { ...sent, provides } };
  });
}

/** A reference as the artifact holds it. */
export function referenceEntry({ at, target, path }: FoundReference): ReferenceEntry {
  return { at: pointerOf(at), target, from: pointerOf(path) };
}
