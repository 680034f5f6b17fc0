import { enableCompileCache } from 'node:module';

// Compiled code is kept where Node keeps it (NODE_COMPILE_CACHE, or the temporary folder): it has to
// be switched on before the rest is loaded.
enableCompileCache();
await import('./process.ts');
