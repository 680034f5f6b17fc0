/** The `build` of a child workflow: bundles the handlers of the child workflow in the current folder. */
import { BundleError, bundleHandlers } from './bundle-handlers.ts';

try {
  await bundleHandlers(process.cwd());
} catch (error) {
  // esbuild has printed its own findings.
  if (error instanceof BundleError) process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
