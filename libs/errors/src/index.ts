export { HarmonyError, isHarmonyError } from './harmony-error.ts';
