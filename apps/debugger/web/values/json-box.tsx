import { type KeyboardEvent, useId } from 'react';
import { Icon } from '../chrome/icon.tsx';
import { type ParsedJson, problemText } from './parse-json.ts';

interface JsonBoxProps {
  readonly label: string;
  readonly text: string;
  readonly parsed: ParsedJson;
  readonly rows: number;
  readonly placeholder?: string;
  /** Whether typing can begin as soon as it is there. */
  readonly autoFocus?: boolean;
  readonly onChange: (text: string) => void;
  /** Ctrl/Cmd+Enter. */
  readonly onSubmit: () => void;
  readonly onEscape?: () => void;
}

/** A text box for JSON that says, as one types, where it is none. */
export function JsonBox({
  label,
  text,
  parsed,
  rows,
  placeholder,
  autoFocus,
  onChange,
  onSubmit,
  onEscape,
}: JsonBoxProps) {
  const problemId = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSubmit();
    }
    if (event.key === 'Escape') onEscape?.();
  };
  return (
    <>
      <textarea
        className="json-box"
        aria-label={label}
        aria-invalid={!parsed.ok}
        aria-describedby={parsed.ok ? undefined : problemId}
        value={text}
        rows={rows}
        placeholder={placeholder}
        autoFocus={autoFocus}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {!parsed.ok && (
        <p className="problem" id={problemId} role="alert">
          <Icon name="warning" />
          <span>{problemText(parsed)}</span>
        </p>
      )}
    </>
  );
}
