import { defineHandler } from '@harmony/handler';
import { type Breaches, type BreachInput, findBreaches } from '../find-breaches.ts';

export const handler = defineHandler<BreachInput, Breaches>(({ input }) => findBreaches(input));
