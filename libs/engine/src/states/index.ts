import type { CompileContext } from '../compile/context.ts';
import type { CompiledState } from '../core/port.ts';
import type { JsonObject } from '../json.ts';
import { compileChoice } from './choice.ts';
import { compileFail } from './fail.ts';
import { compileMap } from './map.ts';
import { compileParallel } from './parallel.ts';
import { compilePass } from './pass.ts';
import { compileSucceed } from './succeed.ts';
import { compileTask } from './task.ts';
import { compileWait } from './wait.ts';

/** Every state type: adding one is adding a file and a line here. */
export const stateTypes: ReadonlyMap<
  string,
  (definition: JsonObject, context: CompileContext) => CompiledState
> = new Map([
  ['Choice', compileChoice],
  ['Fail', compileFail],
  ['Map', compileMap],
  ['Parallel', compileParallel],
  ['Pass', compilePass],
  ['Succeed', compileSucceed],
  ['Task', compileTask],
  ['Wait', compileWait],
]);
