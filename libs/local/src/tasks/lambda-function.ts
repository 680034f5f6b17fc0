import type { Integration } from './integration.ts';

/** A function's ARN as the Task's Resource: the state's input in, the bare response out. */
export const lambdaFunction: Integration = {
  matches: (resource) => /^arn:aws[\w-]*:lambda:[\w-]+:\d*:function:/.test(resource),

  async run(request, services) {
    const { fn } = services.findFunction(request.resource);
    return (await services.invokeFunction(fn, request.input, request)).payload;
  },
};
