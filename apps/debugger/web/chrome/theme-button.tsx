import { useState } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { type Theme, applyTheme, readTheme } from './theme.ts';

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const ICONS: Readonly<Record<Theme, IconName>> = { system: 'system', light: 'sun', dark: 'moon' };
const WORDS: Readonly<Record<Theme, string>> = { system: 'like the system', light: 'light', dark: 'dark' };

export function ThemeButton() {
  const [theme, setTheme] = useState(readTheme);
  const words = `Colours: ${WORDS[theme]}. Change to ${WORDS[NEXT[theme]]}`;
  return (
    <button
      type="button"
      className="button quiet icon"
      title={words}
      aria-label={words}
      onClick={() => {
        applyTheme(NEXT[theme]);
        setTheme(NEXT[theme]);
      }}
    >
      <Icon name={ICONS[theme]} />
    </button>
  );
}
