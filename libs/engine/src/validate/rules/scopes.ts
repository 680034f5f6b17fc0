import type { Json } from '../../json.ts';
import { isObject } from '../../json.ts';
import type { ResolvedOptions } from '../diagnostic.ts';
import { isLater } from '../placeholders.ts';
import { below } from '../../pointer.ts';
import type { Rule } from '../rule.ts';
import type { ScopeSite } from '../site.ts';

const allowed: Readonly<Record<ScopeSite['kind'], readonly string[]>> = {
  machine: ['Comment', 'StartAt', 'States', 'QueryLanguage', 'TimeoutSeconds', 'Version'],
  branch: ['Comment', 'StartAt', 'States'],
  processor: ['Comment', 'StartAt', 'States', 'ProcessorConfig'],
};

/** A machine, a branch and a processor have StartAt, States and little else. */
export const scopesRule: Rule = {
  scope(scope, report) {
    const refuse = (pointer: string, message: string) => {
      report('SCHEMA_VALIDATION_FAILED', pointer, message);
    };
    const { value, pointer } = scope;
    for (const name of Object.keys(value)) {
      if (!allowed[scope.kind].includes(name)) {
        refuse(below(pointer, name), `Field '${name}' is not supported`);
      }
    }
    if (value['StartAt'] === undefined) refuse(pointer, "The field 'StartAt' is missing");
    else requireString(value['StartAt'], below(pointer, 'StartAt'), refuse);
    if (value['Comment'] !== undefined) {
      requireString(value['Comment'], below(pointer, 'Comment'), refuse);
    }
    const states = value['States'];
    if (isLater(states, scope.options)) return;
    if (!isObject(states)) {
      refuse(
        states === undefined ? pointer : below(pointer, 'States'),
        states === undefined ? "The field 'States' is missing" : 'States must be an object',
      );
      return;
    }
    if (Object.keys(states).length === 0) {
      refuse(below(pointer, 'States'), 'States must hold at least one state');
    }
    for (const [name, state] of Object.entries(states)) {
      if (!isObject(state) && !isLater(state, scope.options)) {
        refuse(below(pointer, 'States', name), 'A state must be an object');
      }
    }
    if (scope.kind === 'machine') machineFields(value, scope.options, refuse);
  },

  state(state, report) {
    const { Type: type, Branches: branches } = state.value;
    if (type !== 'Parallel' || branches === undefined || isLater(branches, state.options)) return;
    const pointer = below(state.pointer, 'Branches');
    if (!Array.isArray(branches) || branches.length === 0) {
      report(
        'SCHEMA_VALIDATION_FAILED',
        pointer,
        'Branches must be an array of at least one branch',
      );
      return;
    }
    branches.forEach((branch, index) => {
      if (!isObject(branch) && !isLater(branch, state.options)) {
        report('SCHEMA_VALIDATION_FAILED', below(pointer, index), 'A branch must be an object');
      }
    });
  },
};

type Refuse = (pointer: string, message: string) => void;

function requireString(value: Json | undefined, pointer: string, refuse: Refuse): void {
  if (typeof value !== 'string') refuse(pointer, `Expected a string, got ${JSON.stringify(value)}`);
}

function machineFields(
  value: Readonly<Record<string, Json>>,
  options: ResolvedOptions,
  refuse: Refuse,
): void {
  const timeout = value['TimeoutSeconds'];
  const right = typeof timeout === 'number' && Number.isInteger(timeout);
  if (
    timeout !== undefined &&
    !isLater(timeout, options) &&
    (!right || timeout < 1 || timeout > 99_999_999)
  ) {
    refuse('/TimeoutSeconds', 'TimeoutSeconds must be an integer from 1 to 99999999');
  }
  const version = value['Version'];
  if (version !== undefined && version !== '1.0' && !isLater(version, options)) {
    refuse('/Version', "Version must be '1.0'");
  }
}
