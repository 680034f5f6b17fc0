/** What the deletion of a stack takes away, and what it leaves. Lines for people. */
export interface Losses {
  readonly lost: readonly string[];
  readonly kept: readonly string[];
}

/** What is in a resource and goes with it; of all others only the kind is told. */
const CONTENT: Readonly<Record<string, string>> = {
  'AWS::StepFunctions::StateMachine': 'the history of its executions',
  'AWS::Logs::LogGroup': 'the logs in it',
  'AWS::S3::Bucket': 'the bucket, which must be empty',
  'AWS::DynamoDB::Table': 'the items in it',
  'AWS::SQS::Queue': 'the messages in it',
  'AWS::SNS::Topic': 'its subscriptions',
  'AWS::KMS::Key': 'what it encrypts',
};

/** By the template that is deployed: `DeletionPolicy` says what stays. */
export function lossesOf(template: unknown): Losses {
  const { Resources = {} } = (template ?? {}) as {
    readonly Resources?: Readonly<Record<string, { Type?: string; DeletionPolicy?: string }>>;
  };
  const lost: string[] = [];
  const kept: string[] = [];
  const others = new Map<string, number>();
  for (const [id, { Type = 'resource', DeletionPolicy }] of Object.entries(Resources)) {
    const content = CONTENT[Type];
    // RetainExceptOnCreate too: it is what protected stages have.
    if (DeletionPolicy?.startsWith('Retain') === true) kept.push(`${Type} ${id}`);
    else if (content !== undefined) lost.push(`${Type} ${id}: ${content}`);
    else others.set(Type, (others.get(Type) ?? 0) + 1);
  }
  return { lost: [...lost, ...Array.from(others, ([type, count]) => `${count} × ${type}`)], kept };
}

/** The longest Wait of a definition, of those whose length stands in it. */
export interface LongestWait {
  readonly state: string;
  /** Undefined where the length is only known at run time. */
  readonly seconds?: number;
}

/** A definition's longest Wait; one of unknown length counts as the longest. */
export function longestWait(definition: unknown): LongestWait | undefined {
  let longest: LongestWait | undefined;
  const walk = (value: unknown, name: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { Type, Seconds } = value as { readonly Type?: unknown; readonly Seconds?: unknown };
    if (Type === 'Wait') {
      if (typeof Seconds !== 'number') longest = { state: name };
      else if (longest === undefined || (longest.seconds ?? Infinity) < Seconds) {
        longest = { state: name, seconds: Seconds };
      }
    }
    for (const [key, each] of Object.entries(value)) walk(each, key);
  };
  walk(definition, '');
  return longest;
}
