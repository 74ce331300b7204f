import { create } from 'zustand';
import { type Tab, readAddress } from './address.ts';

interface ViewStore {
  readonly tab: Tab;
  /** Static id of the selected node. */
  readonly node: string | undefined;
  /** The instance chosen among several; undefined shows the one that speaks for its node. */
  readonly path: string | undefined;
  /** Whether the selection goes along with the execution. */
  readonly follow: boolean;
  /** What is open on top of everything. */
  readonly sheet: 'help' | 'finder' | undefined;
  /** The latest thing worth saying aloud. */
  readonly announcement: string;
}

const address = readAddress(location.hash);

/** What the person is looking at. Run, node, instance and tab also stand in the address. */
export const useView = create<ViewStore>(() => ({
  tab: address.tab,
  node: address.node,
  path: address.path,
  follow: true,
  sheet: undefined,
  announcement: '',
}));

export function selectNode(node: string | undefined, path?: string): void {
  useView.setState({ node, path });
}

export function selectTab(tab: Tab): void {
  useView.setState({ tab });
}

export function announce(announcement: string): void {
  useView.setState({ announcement });
}
