import { type ReactNode, useEffect, useRef } from 'react';
import { useView } from '../state/view-store.ts';

interface SheetProps {
  readonly id: 'help' | 'finder';
  readonly label: string;
  readonly children: ReactNode;
}

export function closeSheet(): void {
  useView.setState({ sheet: undefined });
}

/** A modal dialog over the whole screen. A click beside it or Esc closes it, and the focus goes back to where it was. */
export function Sheet({ id, label, children }: SheetProps) {
  const isOpen = useView((view) => view.sheet === id);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!isOpen) {
      dialog.current?.close();
      return;
    }
    dialog.current?.showModal();
    // The browser would focus whatever comes first, even a mere container.
    dialog.current?.querySelector('input')?.focus();
  }, [isOpen]);
  return (
    <dialog
      className={`sheet ${id}-sheet`}
      ref={dialog}
      aria-label={label}
      // Said late: by then another sheet may be open.
      onClose={() => useView.getState().sheet === id && closeSheet()}
      onClick={(event) => event.target === dialog.current && closeSheet()}
    >
      {isOpen && children}
    </dialog>
  );
}
