/** The task that makes the `harmony` command: one bundle, for its start-up time. */
export const cliBuild = { projects: ['cli'], target: 'build' };
