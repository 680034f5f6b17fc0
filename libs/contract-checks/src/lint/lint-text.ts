import type { AwsModels } from '@harmony/aws-calls';
import type { ContractDocument } from '@harmony/contract';
import { readDefinitionText } from '@harmony/engine/validate';
import { type Finding, type FindingPlace, passes } from '../finding.ts';
import { type Accepted, withoutAccepted } from './acceptance.ts';
import { type ContractSource, placeOfField } from './contract-source.ts';
import { lintDefinition } from './lint.ts';
import { lintMocks, type MocksSource } from './mocks.ts';
import type { LintCode, LintFinding, NotChecked, Untraced } from './reporter.ts';

/** A finding of `contracts lint`, with where it is to be mended. */
export type PlacedFinding = Finding<LintCode | 'ACCEPTANCE_UNUSED' | 'DEFINITION_UNREADABLE'> &
  Required<FindingPlace>;

const NO_OBJECT = { message: 'a state machine is an object', line: 1, column: 1 };

export interface LintTextReport {
  readonly file: string;
  /** Undefined for a state machine that is no child. */
  readonly contract: string | undefined;
  /** No errors; warnings do not count. */
  readonly valid: boolean;
  readonly findings: readonly PlacedFinding[];
  /** Found, and accepted with a reason. */
  readonly accepted: readonly PlacedFinding[];
  readonly untraced: readonly (Untraced & Required<FindingPlace>)[];
  /** Calls whose model is not there: counted, never passed over. */
  readonly notChecked: readonly (NotChecked & Required<FindingPlace>)[];
}

/** What else the workspace says of a child. */
export interface ChildSurroundings {
  /** Unused fields are named where the contract writes them down. */
  readonly source?: ContractSource | undefined;
  readonly accepted?: Accepted | undefined;
  /** The same state machine as it would be deployed: what is found there too is told once. */
  readonly deployed?: unknown;
  /** What AWS says of its calls. */
  readonly models?: AwsModels | undefined;
  /** What answers its calls in tests. */
  readonly mocks?: MocksSource | undefined;
}

/**
 * As `lintDefinition`, of a file's text, with line and column.
 * @param file as messages should name it
 */
export function lintText(
  text: string,
  file: string,
  contract: ContractDocument | undefined,
  { source, accepted, deployed, models, mocks }: ChildSurroundings = {},
): LintTextReport {
  const { value, problems, at } = readDefinitionText(text);
  if (problems.length > 0 || typeof value !== 'object' || value === null) {
    const [{ message, ...position } = NO_OBJECT] = problems;
    const unreadable: PlacedFinding = {
      ...{ code: 'DEFINITION_UNREADABLE', severity: 'error', path: '', message, file },
      ...position,
    };
    return {
      ...{ file, contract: contract?.name, valid: false },
      ...{ findings: [unreadable], accepted: [], untraced: [], notChecked: [] },
    };
  }
  const reports = [value, ...(deployed === undefined ? [] : [deployed])].map((definition) =>
    lintDefinition(definition, contract, models),
  );
  const place = (finding: LintFinding | Untraced | NotChecked): Required<FindingPlace> =>
    finding.code !== 'FIELD_UNUSED'
      ? { file, ...at(finding.path) }
      : source
        ? placeOfField(finding.path, source)
        : { file, line: 1, column: 1 };
  const placed = <T extends LintFinding | Untraced | NotChecked>(list: readonly T[]) =>
    once(list).map((finding) => ({ ...finding, ...place(finding) }));
  const found: PlacedFinding[] = [
    ...placed(reports.flatMap(({ findings }) => findings)),
    ...(mocks && models ? lintMocks(value, mocks, models) : []),
  ];
  const sorted = withoutAccepted<PlacedFinding>(found, accepted);
  const stale = sorted.stale.map((finding) => ({ file, line: 1, column: 1, ...finding }));
  const findings = [...sorted.left, ...stale].sort(byPlace);
  return {
    ...{ file, contract: contract?.name, valid: passes(findings), findings },
    accepted: sorted.accepted,
    untraced: placed(reports.flatMap(({ untraced }) => untraced)).sort(byPlace),
    notChecked: placed(reports.flatMap(({ notChecked }) => notChecked)).sort(byPlace),
  };
}

function once<T extends Finding>(findings: readonly T[]): T[] {
  return [
    ...new Map(
      findings.map((each) => [`${each.path} ${each.code} ${each.message}`, each]),
    ).values(),
  ];
}

function byPlace(a: Required<FindingPlace>, b: Required<FindingPlace>): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
