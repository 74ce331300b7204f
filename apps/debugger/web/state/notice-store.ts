import { create } from 'zustand';

export interface Notice {
  readonly key: number;
  readonly tone: 'note' | 'problem';
  readonly text: string;
}

/** More than this at once is noise: the oldest makes way. */
const MOST_SHOWN = 4;

export const useNotices = create<{ readonly notices: readonly Notice[]; readonly nextKey: number }>(() => ({
  notices: [],
  nextKey: 1,
}));

/** Tells the person something that they can dismiss. The same text is shown once. */
export function notify(tone: Notice['tone'], text: string): void {
  useNotices.setState(({ notices, nextKey }) => ({
    notices: [...notices.filter((each) => each.text !== text), { key: nextKey, tone, text }].slice(-MOST_SHOWN),
    nextKey: nextKey + 1,
  }));
}

export function dismiss(key: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((each) => each.key !== key) }));
}
