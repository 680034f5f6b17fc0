/** An execution in flight. */
export interface FakeExecution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly input: string;
  /** As it was when the execution started. */
  readonly definition: string;
}

/** An execution that has ended. */
export interface FakeHistory {
  readonly stateMachineArn: string;
  /** As GetExecutionHistory gives them, `timestamp` in seconds since the epoch. */
  readonly events: readonly object[];
}

/** A stack that is there, or was. */
export interface FakeStack {
  /** The template's text. */
  readonly template: string;
  readonly status: string;
  readonly terminationProtection?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What an account holds when the double starts, and how it misbehaves; README.md says what each call does. */
export interface AwsContent {
  readonly parameters?: Readonly<Record<string, string>>;
  /** By `<bucket>/<key>`. */
  readonly objects?: Readonly<Record<string, string>>;
  readonly executions?: readonly FakeExecution[];
  /** By ARN of the execution; newest first. */
  readonly histories?: Readonly<Record<string, FakeHistory>>;
  /** By ARN of a state machine: its definition as it is now. */
  readonly definitions?: Readonly<Record<string, string>>;
  /** By name. */
  readonly stacks?: Readonly<Record<string, FakeStack>>;
  /** Names of stacks whose changes CloudFormation cannot carry out and rolls back. */
  readonly failing?: readonly string[];
  /** Calls that are refused for want of a permission, as `GetTemplate`; `*` is every call. */
  readonly denied?: readonly string[];
}

/** The same, as the services change it. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly parameters: Map<string, string>;
  readonly objects: Map<string, Buffer>;
  readonly executions: FakeExecution[];
  readonly histories: ReadonlyMap<string, FakeHistory>;
  readonly definitions: Map<string, string>;
  readonly stacks: Map<string, StackState>;
  readonly failing: ReadonlySet<string>;
}

export interface StackState {
  readonly name: string;
  readonly id: string;
  template: string;
  status: string;
  terminationProtection: boolean;
  tags: ReadonlyMap<string, string>;
  readonly changeSets: Map<string, ChangeSet>;
  /** Oldest first. */
  readonly events: StackEvent[];
}

export interface ChangeSet {
  readonly id: string;
  readonly type: string;
  readonly template: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly isEmpty: boolean;
}

export interface StackEvent {
  readonly id: string;
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly at: Date;
}

export function accountWith(content: AwsContent): Account {
  const account: Account = {
    ...{ id: '123456789012', region: 'us-east-1' },
    parameters: new Map(Object.entries(content.parameters ?? {})),
    objects: new Map(
      Object.entries(content.objects ?? {}).map(([key, text]) => [key, Buffer.from(text)]),
    ),
    executions: [...(content.executions ?? [])],
    histories: new Map(Object.entries(content.histories ?? {})),
    definitions: new Map(Object.entries(content.definitions ?? {})),
    stacks: new Map(),
    failing: new Set(content.failing ?? []),
  };
  for (const [
    name,
    { template, status, terminationProtection = false, tags = {} },
  ] of Object.entries(content.stacks ?? {})) {
    account.stacks.set(name, {
      ...newStack(account, name),
      ...{ template, status, terminationProtection, tags: new Map(Object.entries(tags)) },
    });
  }
  return account;
}

/** A stack that nothing has been made of yet. */
export function newStack({ id, region }: Account, name: string): StackState {
  return {
    ...{ name, id: `arn:aws:cloudformation:${region}:${id}:stack/${name}/0a1b2c3d` },
    ...{ template: '{}', status: 'REVIEW_IN_PROGRESS', terminationProtection: false },
    ...{ tags: new Map(), changeSets: new Map(), events: [] },
  };
}
