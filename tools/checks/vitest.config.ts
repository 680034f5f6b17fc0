import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../../vitest.config.ts';

export default mergeConfig(
  shared,
  // One example workspace, made and built once, of which each test file gets a copy: so two at a time,
  // on machines of two processors too, where vitest takes one.
  defineConfig({
    test: { dir: 'src', globalSetup: ['./src/example.ts'], maxWorkers: 2 },
  }),
);
