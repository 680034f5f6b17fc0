export { createNodes } from './inference/create-nodes.ts';
export const name = '@harmony/nx-plugin';
