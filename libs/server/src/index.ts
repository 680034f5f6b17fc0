export { ServerError, startServer } from './server.ts';
export type { ServerEvent, ServerOptions, StatesServer } from './server.ts';
