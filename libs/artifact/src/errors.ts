import { HarmonyError } from '@harmony/errors';

export type ArtifactErrorCode =
  /** No definition, record or target list of a rendered orchestrator, or a damaged one. */
  | 'ARTIFACT_UNREADABLE'
  /** Rendered by a version of Harmony that this one does not know. */
  | 'FORMAT_UNKNOWN';

/** What cannot be read is refused: a stable `code`, and the path of what is not understood. */
export class ArtifactError extends HarmonyError<ArtifactErrorCode> {
  override readonly name = 'ArtifactError';
  /** `States["Inject targets"].Result.targets[1].wave` */
  readonly path: string;
  /** What is wrong there, without the path. */
  readonly reason: string;

  constructor(code: ArtifactErrorCode, path: string, reason: string) {
    super(code, `${path}: ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}

export function unreadable(path: string, reason: string): ArtifactError {
  return new ArtifactError('ARTIFACT_UNREADABLE', path, reason);
}
