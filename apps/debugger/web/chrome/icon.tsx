import type { ReactElement } from 'react';

/** Strokes on a 16 × 16 grid. */
const SHAPES = {
  play: <path d="M5 3.2v9.6L12.8 8z" fill="currentColor" stroke="none" />,
  'play-paused': (
    <>
      <path d="M3 3.2v9.6L9.6 8z" fill="currentColor" stroke="none" />
      <path d="M11.5 4v8M14 4v8" />
    </>
  ),
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" strokeWidth="2.2" />,
  resume: (
    <>
      <path d="M3.2 3v10" strokeWidth="1.8" />
      <path d="M6.2 3.2v9.6L13.6 8z" fill="currentColor" stroke="none" />
    </>
  ),
  'step-over': (
    <>
      <path d="M2.5 8.5a5.6 5.6 0 0 1 10.6-1.3" />
      <path d="M13.6 3.6l-.4 3.8-3.7-.6" />
      <circle cx="8" cy="12" r="1.7" fill="currentColor" stroke="none" />
    </>
  ),
  'step-into': (
    <>
      <path d="M8 1.8v6.6M5 5.8l3 3 3-3" />
      <circle cx="8" cy="12.6" r="1.7" fill="currentColor" stroke="none" />
    </>
  ),
  'step-out': (
    <>
      <path d="M8 8.8V2.2M5 4.8l3-3 3 3" />
      <circle cx="8" cy="12.6" r="1.7" fill="currentColor" stroke="none" />
    </>
  ),
  cancel: <rect x="4" y="4" width="8" height="8" rx="1.4" fill="currentColor" stroke="none" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1" />
    </>
  ),
  moon: <path d="M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z" />,
  system: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" fill="currentColor" stroke="none" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.4" />
      <path d="M10.4 10.4l3.2 3.2" />
    </>
  ),
  help: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.3" />
      <path d="M8 11.4v.2" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 3.5v-.2a.8.8 0 0 0-.8-.8H3.3a.8.8 0 0 0-.8.8v6.4c0 .4.4.8.8.8h.2" />
    </>
  ),
  check: <path d="M3.2 8.4l3.2 3.2 6.4-7" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  chevron: <path d="M6 4l4 4-4 4" />,
  plus: <path d="M8 3.2v9.6M3.2 8h9.6" />,
  minus: <path d="M3.2 8h9.6" />,
  fit: <path d="M2.5 5.8V2.5h3.3M10.2 2.5h3.3v3.3M13.5 10.2v3.3h-3.3M5.8 13.5H2.5v-3.3" />,
  follow: (
    <>
      <circle cx="8" cy="8" r="4.4" />
      <circle cx="8" cy="8" r="1.4" fill="currentColor" stroke="none" />
      <path d="M8 1.4v2.2M8 12.4v2.2M1.4 8h2.2M12.4 8h2.2" />
    </>
  ),
  pencil: <path d="M3 13l.6-2.8 7-7 2.2 2.2-7 7zM9.4 4.4l2.2 2.2" />,
  warning: (
    <>
      <path d="M8 2.4l6 10.8H2z" />
      <path d="M8 6.6v3M8 11.4v.2" />
    </>
  ),
} as const satisfies Record<string, ReactElement>;

export type IconName = keyof typeof SHAPES;

/** A decoration; whoever shows it says the same in words. */
export function Icon({ name, className = 'icon-shape' }: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg
      className={className}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {SHAPES[name]}
    </svg>
  );
}
