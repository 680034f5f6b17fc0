import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../../vitest.config.ts';

export default mergeConfig(
  shared,
  // One example workspace, made and built once, of which each test file gets a copy.
  defineConfig({ test: { dir: 'src', globalSetup: ['./src/example.ts'] } }),
);
