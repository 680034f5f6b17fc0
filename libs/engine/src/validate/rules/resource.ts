import { integrations } from '../integrations.ts';
import type { Pattern } from '../integrations.ts';
import type { Report } from '../diagnostic.ts';
import { hasPlaceholder } from '../placeholders.ts';
import { below } from '../../pointer.ts';
import type { Rule } from '../rule.ts';
import type { StateSite } from '../site.ts';

/** A Task's Resource is an ARN the service can call, by a pattern the machine's type allows. */
export const resourceRule: Rule = {
  state(state, report) {
    const { Type: type, Resource: resource } = state.value;
    if (type !== 'Task' || typeof resource !== 'string') return;
    if (state.options.placeholders && hasPlaceholder(resource)) return;
    checkResource(resource, state, report);
  },
};

const integrationArn =
  /^arn:aws(?:-[a-z-]+)?:states:[a-z0-9-]*:[0-9]*:([a-z0-9-]+):([A-Za-z0-9]+)(?::([A-Za-z0-9]+))?(\.[A-Za-z0-9:]+)?$/;
const activityArn = /^arn:aws(?:-[a-z-]+)?:states:[a-z0-9-]*:[0-9]*:activity:[^\s:]{1,80}$/;
const functionArn =
  /^arn:aws(?:-[a-z-]+)?:lambda:[a-z0-9-]*:[0-9]*:function:[A-Za-z0-9_.-]+(?::[A-Za-z0-9_$.-]+)?$/;
const patterns: readonly string[] = ['', '.sync', '.sync:2', '.waitForTaskToken'];

function checkResource(resource: string, state: StateSite, report: Report): void {
  const pointer = below(state.pointer, 'Resource');
  const refuse = (message: string) => {
    report('INVALID_RESOURCE', pointer, message);
  };
  if (functionArn.test(resource)) return;
  if (activityArn.test(resource)) {
    if (state.options.type === 'EXPRESS') refuse('An Express workflow cannot use activities');
    return;
  }
  const found = integrationArn.exec(resource);
  if (found === null) {
    refuse(`'${resource}' is not the ARN of a function, an activity or a service integration`);
    return;
  }
  const [, service = '', action = '', sdkAction, suffix = ''] = found;
  if (!patterns.includes(suffix)) {
    refuse(`'${suffix}' is no integration pattern: use .sync, .sync:2 or .waitForTaskToken`);
    return;
  }
  if (suffix !== '' && state.options.type === 'EXPRESS') {
    refuse(`An Express workflow cannot use the pattern '${suffix}'`);
  }
  if (service === 'aws-sdk') {
    if (sdkAction === undefined)
      refuse(`'${resource}' names no action: aws-sdk:<service>:<action>`);
    if (suffix.startsWith('.sync')) refuse(`An AWS SDK integration has no pattern '${suffix}'`);
    return;
  }
  const known = Object.hasOwn(integrations, service) ? integrations[service] : undefined;
  const allowed = known?.get(action);
  if (known === undefined || allowed === undefined) {
    report(
      'UNKNOWN_INTEGRATION',
      pointer,
      `'${service}:${action}' is no optimized integration known here; an AWS SDK integration is ` +
        `written arn:aws:states:::aws-sdk:${service}:${action}`,
      known === undefined ? 'WARNING' : 'ERROR',
    );
  } else if (!allowed.includes(suffix as Pattern)) {
    refuse(`'${service}:${action}' does not support the pattern '${suffix}'`);
  }
}
