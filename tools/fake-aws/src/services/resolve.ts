import type { Account, StackState } from '../content.ts';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** The resources that a template names, by logical id. */
export function resourcesIn(template: string): Readonly<Record<string, Resource>> {
  const { Resources = {} } = JSON.parse(template) as {
    Resources?: Readonly<Record<string, Resource>>;
  };
  return Resources;
}

/** A property's value as text or JSON, `Ref`, `Fn::Join`, `Fn::Sub` and `Fn::GetAtt` applied. */
export function resolved(value: unknown, stack: StackState, account: Account): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, stack, account));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1) {
    if (name === 'Ref') return referred(String(argument), stack, account);
    if (name === 'Fn::GetAtt') return referred(String((argument as string[])[0]), stack, account);
    if (name === 'Fn::Sub') return substituted(String(argument), stack, account);
    if (name === 'Fn::Join') {
      const [separator, parts] = argument as [string, readonly unknown[]];
      return parts.map((part) => String(resolved(part, stack, account))).join(separator);
    }
  }
  return Object.fromEntries(entries.map(([key, each]) => [key, resolved(each, stack, account)]));
}

function substituted(text: string, stack: StackState, account: Account): string {
  return text.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => referred(name, stack, account));
}

/** What `Ref` gives: an ARN for a state machine, the name for anything else. */
export function referred(name: string, stack: StackState, account: Account): string {
  const { id, region } = account;
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': id,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::StackName': stack.name,
    'AWS::StackId': stack.id,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const found = resourcesIn(stack.template)[name];
  if (found?.Type === 'AWS::StepFunctions::StateMachine') {
    const machine = resolved(found.Properties?.['StateMachineName'], stack, account);
    return `arn:aws:states:${region}:${id}:stateMachine:${String(machine)}`;
  }
  return pseudo[name] ?? `${stack.name}-${name}`;
}
