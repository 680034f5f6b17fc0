import { enableCompileCache } from 'node:module';

/**
 * Node keeps what it compiled (in the folder for temporary files, or NODE_COMPILE_CACHE): compiling
 * aws-cdk-lib and cdk-nag anew is a fifth of a synth. It changes nothing of what is written.
 */
enableCompileCache();
