import type { Command, Requests } from '../../protocol/index.ts';
import type { Client } from '../client.ts';

/** Answers one request. What it throws becomes the refusal. */
export type Handler<C extends Command> = (client: Client, args: Requests[C]['arguments']) => Requests[C]['body'];

/** A handler for each of these commands: one that is missing does not compile. */
export type Handlers<C extends Command = Command> = { readonly [K in C]: Handler<K> };
