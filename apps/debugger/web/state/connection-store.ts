import { create } from 'zustand';
import type { SessionBody } from '../../protocol/index.ts';
import type { ConnectionState } from '../connection/client.ts';

interface ConnectionStore {
  readonly connection: ConnectionState;
  readonly session: SessionBody | undefined;
}

/** The link to the debug server, and who else is on it. */
export const useConnection = create<ConnectionStore>(() => ({
  connection: { kind: 'connecting', since: undefined },
  session: undefined,
}));
