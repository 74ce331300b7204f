export const TABS = ['graph', 'mermaid', 'dot'] as const;
export type Tab = (typeof TABS)[number];

/** The part of the screen that a link carries. */
export interface Address {
  readonly tab: Tab;
  readonly run: string | undefined;
  readonly node: string | undefined;
  readonly path: string | undefined;
}

/** Reads the address's fragment; anything that is not understood is as if absent. */
export function readAddress(hash: string): Address {
  const params = new URLSearchParams(hash.replace(/^#/u, ''));
  return {
    tab: TABS.find((tab) => tab === params.get('tab')) ?? 'graph',
    run: params.get('run') ?? undefined,
    node: params.get('node') ?? undefined,
    path: params.get('at') ?? undefined,
  };
}

/** The fragment that {@link readAddress} reads back. */
export function writeAddress({ tab, run, node, path }: Address): string {
  const params = new URLSearchParams();
  if (run !== undefined) params.set('run', run);
  if (node !== undefined) params.set('node', node);
  if (path !== undefined) params.set('at', path);
  if (tab !== 'graph') params.set('tab', tab);
  const text = params.toString();
  return text === '' ? '' : `#${text}`;
}
