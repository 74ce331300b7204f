export { type DebugServer, openDebugServer } from './open.ts';
export { type DebugServerOptions } from './options.ts';
