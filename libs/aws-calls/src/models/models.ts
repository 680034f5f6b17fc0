import type { AwsCall } from '../call.ts';
import { nearest } from '../nearest.ts';
import {
  ADDED,
  executionEnvelope,
  optimisedShape,
  type OptimisedShape,
} from '../optimised-shapes.ts';
import { type ClientPackage, clientPackages } from './client-package.ts';
import { CLIENTS } from './clients.ts';
import { serviceName } from './names.ts';
import { type ApiOperation, readService, type ServiceModel } from './service-model.ts';
import { anythingAt, closedWith, partOf, type Shape } from './shape.ts';

/** What AWS says of a call. */
export type CallModel =
  | {
      readonly kind: 'known';
      /** Undefined for an integration that calls no operation of a client. */
      readonly api?: ApiOperation;
      /** What it takes: JSON Schema with `$defs`, structures closed. */
      readonly input: Shape;
      /** What it gives; undefined where whoever answers it decides (a task token). */
      readonly output: Shape | undefined;
      /** Members of the answer, as paths, that its model knows to be absent at times. */
      readonly absentAtTimes: readonly string[];
      /** What its errors begin with, and those of its model; undefined where there is none. */
      readonly errorPrefix: string;
      readonly errors: readonly string[] | undefined;
    }
  /** There is no such call. */
  | {
      readonly kind: 'wrong';
      readonly part: 'service' | 'action';
      readonly name: string;
      readonly nearest: string | undefined;
    }
  /** `install`: the one command that brings its model. */
  | { readonly kind: 'not-checked'; readonly reason: string; readonly install?: string };

/** Why nothing is said of a call. */
type UnknownCall = Exclude<CallModel, { kind: 'known' }>;

/** What AWS says of every call, read when it is asked for. */
export interface AwsModels {
  /** The same object for the same call. */
  of(call: AwsCall): CallModel;
  /** A service by the name that a Resource gives it. */
  service(name: string): ServiceModel | UnknownCall;
  /** The actions of a service; none where its model is not there. */
  actionsOf(service: string): readonly string[];
}

/**
 * Models of the clients that are installed in these folders or above them, the first first: nothing
 * is read before the first question, and of a service nothing before a question about it.
 * @param folders absolute
 */
export function awsModels(...folders: readonly string[]): AwsModels {
  let clients: ReadonlyMap<string, ClientPackage> | undefined;
  const services = new Map<string, ServiceModel | undefined>();
  const installed = () => (clients ??= clientPackages(folders));

  function service(name: string): ServiceModel | UnknownCall {
    const client = installed().get(name);
    if (client === undefined) return withoutClient(name);
    if (!services.has(name)) services.set(name, readService(client));
    return (
      services.get(name) ?? {
        kind: 'not-checked',
        reason: `the installed ${client.name} carries no schemas`,
        install: `npm install --save-dev ${client.name}@latest`,
      }
    );
  }

  function withoutClient(name: string): UnknownCall {
    const known = new Map(CLIENTS.map((client) => [serviceName(client), client]));
    const client = known.get(name);
    if (client !== undefined) {
      return {
        kind: 'not-checked',
        reason: `@aws-sdk/client-${client}, whose model says what it takes and gives, is not installed`,
        install: `npm install --save-dev @aws-sdk/client-${client}`,
      };
    }
    const near = nearest(name, [...known.keys(), ...installed().keys()]);
    if (near !== undefined) return { kind: 'wrong', part: 'service', name, nearest: near };
    return { kind: 'not-checked', reason: `no service ${name} is known here` };
  }

  function ofApi(call: AwsCall, name: string): CallModel {
    const model = service(name);
    if ('kind' in model) return model;
    const operation = model.operation(call.action, call.integration);
    if (operation === undefined) {
      const near = nearest(call.action, model.actions);
      return { kind: 'wrong', part: 'action', name: `${name}:${call.action}`, nearest: near };
    }
    const { errorPrefix, errors } = model;
    return {
      ...{ kind: 'known', ...operation, errorPrefix, errors },
      output: call.waits === 'waitForTaskToken' ? undefined : operation.output,
    };
  }

  function ofOptimised(call: AwsCall, shape: OptimisedShape): CallModel {
    const { errorPrefix, input = {}, output } = shape;
    const plain: CallModel =
      shape.model === false
        ? {
            ...{ kind: 'known', input, output, absentAtTimes: [], errorPrefix },
            errors: errorsOf(shape),
          }
        : ofApi(call, shape.model ?? call.service);
    if (plain.kind !== 'known') return plain;
    const known = {
      ...{ ...plain, errorPrefix },
      input: (shape.json ?? []).reduce(anythingAt, plain.input),
    };
    if (call.waits === 'waitForTaskToken') return { ...known, output: undefined };
    if (call.waits === 'no')
      return { ...known, output: known.output && closedWith(known.output, ADDED) };
    return { ...known, absentAtTimes: [], output: outputOfJob(call, shape) };
  }

  function errorsOf({ errorsOf: name }: OptimisedShape): readonly string[] | undefined {
    const model = name === undefined ? undefined : service(name);
    return model === undefined || 'kind' in model ? undefined : model.errors;
  }

  /** Undefined where the form of the answer is documented by no model. */
  function outputOfJob(call: AwsCall, { model, sync }: OptimisedShape): Shape | undefined {
    if (call.service === 'states') return executionEnvelope(call.isJson === true);
    if (sync === undefined || sync === true || model === false) return undefined;
    const [action, ...part] = sync;
    const described = ofApi({ ...call, action, waits: 'no' }, model ?? call.service);
    if (described.kind !== 'known' || described.output === undefined) return undefined;
    return closedWith(partOf(described.output, part), ADDED);
  }

  function modelOf(call: AwsCall): CallModel {
    if (call.integration === 'aws-sdk') return ofApi(call, call.service);
    const shape = optimisedShape(call.service, call.action);
    if (shape !== undefined) return ofOptimised(call, shape);
    const name = `${call.service}:${call.action}`;
    return { kind: 'not-checked', reason: `${name} has a shape of which AWS publishes no model` };
  }

  const answers = new Map<string, CallModel>();
  return {
    service,
    of(call) {
      const key = JSON.stringify(call);
      let answer = answers.get(key);
      if (answer === undefined) answers.set(key, (answer = modelOf(call)));
      return answer;
    },
    actionsOf(name) {
      const model = service(name);
      return 'kind' in model ? [] : model.actions;
    },
  };
}
