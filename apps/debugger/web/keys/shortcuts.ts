import { cancelRun, continueOrPause, step, toggleBreakpoint, toggleFollow } from '../state/commands.ts';
import { useView } from '../state/view-store.ts';

export interface Shortcut {
  readonly id: string;
  readonly title: string;
  /** For people, the ones that no browser takes first. */
  readonly keys: readonly string[];
  readonly matches: (event: KeyboardEvent) => boolean;
  readonly act: () => void;
  /** Whether it is left alone while text is being typed. */
  readonly outsideText?: true;
}

const isMac = navigator.userAgent.includes('Mac');
const MOD = isMac ? '⌘' : 'Ctrl';

const chord = (event: KeyboardEvent, code: string, shift = false): boolean =>
  (isMac ? event.metaKey : event.ctrlKey) && !event.altKey && event.shiftKey === shift && event.code === code;
const plain = (event: KeyboardEvent, key: string): boolean =>
  !event.ctrlKey && !event.metaKey && !event.altKey && event.key === key;
const functionKey = (event: KeyboardEvent, key: string, shift = false): boolean =>
  event.key === key && event.shiftKey === shift && !event.ctrlKey && !event.metaKey && !event.altKey;

function toggleSelected(): void {
  const { node } = useView.getState();
  if (node !== undefined) void toggleBreakpoint(node);
}

function openFinder(): void {
  useView.setState({ sheet: 'finder' });
}

/** Every key of the app that is not a widget's own, in one table: the handler, the tooltips and the help read it. */
export const SHORTCUTS = [
  {
    id: 'continue',
    title: 'Continue, or pause',
    keys: [`${MOD}+\\`, 'F8'],
    matches: (event) => chord(event, 'Backslash') || functionKey(event, 'F8'),
    act: () => void continueOrPause(),
  },
  {
    id: 'over',
    title: 'Step over, to the next node on this level',
    keys: [`${MOD}+'`, 'F10'],
    matches: (event) => chord(event, 'Quote') || functionKey(event, 'F10'),
    act: () => void step('over'),
  },
  {
    id: 'into',
    title: 'Step into, to the first node inside',
    keys: [`${MOD}+;`, 'F11'],
    matches: (event) => chord(event, 'Semicolon') || functionKey(event, 'F11'),
    act: () => void step('into'),
  },
  {
    id: 'out',
    title: 'Step out, to the end of the enclosing node',
    keys: [`${MOD}+Shift+;`, 'Shift+F11'],
    matches: (event) => chord(event, 'Semicolon', true) || functionKey(event, 'F11', true),
    act: () => void step('out'),
  },
  {
    id: 'cancel',
    title: 'Cancel the run',
    keys: ['Shift+F8'],
    matches: (event) => functionKey(event, 'F8', true),
    act: () => void cancelRun(),
  },
  {
    id: 'breakpoint',
    title: 'Set or clear a breakpoint on the selected node',
    keys: [`${MOD}+B`],
    matches: (event) => chord(event, 'KeyB'),
    act: toggleSelected,
  },
  {
    id: 'breakpoint-plain',
    title: 'The same, outside text boxes',
    keys: ['b'],
    matches: (event) => plain(event, 'b'),
    act: toggleSelected,
    outsideText: true,
  },
  {
    id: 'follow',
    title: 'Follow the execution, or stay',
    keys: ['f'],
    matches: (event) => plain(event, 'f'),
    act: toggleFollow,
    outsideText: true,
  },
  {
    id: 'commands',
    title: 'Find a node or a command',
    keys: [`${MOD}+K`],
    matches: (event) => chord(event, 'KeyK') || chord(event, 'KeyP', true),
    act: openFinder,
  },
  {
    id: 'search',
    title: 'The same, outside text boxes',
    keys: ['/'],
    matches: (event) => plain(event, '/'),
    act: openFinder,
    outsideText: true,
  },
  {
    id: 'help',
    title: 'Show this help',
    keys: ['?'],
    matches: (event) => plain(event, '?'),
    act: () => useView.setState({ sheet: 'help' }),
    outsideText: true,
  },
] as const satisfies readonly Shortcut[];

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];

/** `Step over  (Ctrl+' or F10)`: what a tooltip says. */
export function withKeys(text: string, id: ShortcutId): string {
  const keys = SHORTCUTS.find((each) => each.id === id)?.keys ?? [];
  return `${text} (${keys.join(' or ')})`;
}

/** For `aria-keyshortcuts`: in the form that the ARIA specification asks for. */
export function ariaKeys(id: ShortcutId): string {
  const keys = SHORTCUTS.find((each) => each.id === id)?.keys ?? [];
  return keys.map((each) => each.replace('⌘', 'Meta').replace('Ctrl', 'Control')).join(' ');
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** Acts on the app's keys wherever the focus is. Returns what takes the listener away. */
export function listenForShortcuts(): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const typing = isTyping(event.target);
    const shortcut = (SHORTCUTS as readonly Shortcut[]).find(
      (each) => each.matches(event) && !(typing && each.outsideText === true),
    );
    if (shortcut === undefined || document.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    if (!event.repeat) shortcut.act();
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}
