import { defineHandler } from '@harmony/handler';
import { findViolations, type PageInput, type PageResult } from '../find-violations.ts';

export const handler = defineHandler<PageInput, PageResult>(({ input }) => findViolations(input));
