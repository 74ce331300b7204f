import { textOf, toWireError } from '@holon/flow';
import { clip } from './style.ts';

/** Of the errors in an AggregateError. */
const MAX_PARTS = 5;
const MAX_MESSAGE_CHARS = 2_000;

/**
 * Any thrown value in a line or a few: an error's name, its code where it has one, its message. A
 * non-Error is named as one. Never throws, though the value may be a proxy or have getters that do.
 */
export function errorText(thrown: unknown): string {
  const { name, message, code } = toWireError(thrown);
  if (!isError(thrown)) return message;
  const shownCode = code === undefined || message.includes(code) ? '' : ` [${code}]`;
  const text = `${name}${shownCode}: ${clip(message === '' ? '(without a message)' : message, MAX_MESSAGE_CHARS)}`;
  return [text, ...partTexts(thrown)].join('\n');
}

/** The errors that an AggregateError stands for: `Promise.any` says nothing of them in its message. */
function partTexts(thrown: unknown): string[] {
  const errors = tryRead(() => (thrown instanceof AggregateError && Array.isArray(thrown.errors) ? thrown.errors : []));
  if (errors === undefined) return [];
  const shown = errors.slice(0, MAX_PARTS).map((part: unknown) => {
    if (!isError(part)) return `- ${textOf(part)}`;
    const { name, message } = toWireError(part);
    return `- ${name}: ${clip(message, MAX_MESSAGE_CHARS)}`;
  });
  return errors.length > MAX_PARTS ? [...shown, `- … and ${errors.length - MAX_PARTS} more`] : shown;
}

/** What was thrown and its causes, outermost first. A chain that comes back to itself ends there. Never throws. */
export function causesOf(thrown: unknown): unknown[] {
  const chain = [thrown];
  for (let cause = causeOf(thrown); cause !== undefined && !chain.includes(cause); cause = causeOf(cause))
    chain.push(cause);
  return chain;
}

function causeOf(thrown: unknown): unknown {
  return tryRead(() => (thrown instanceof Error ? thrown.cause : undefined));
}

/** Whether it is an Error; what can't even be asked is none. */
export function isError(thrown: unknown): thrown is Error {
  return tryRead(() => thrown instanceof Error) === true;
}

/** Why a value of others can't be read to its end, from what reading it threw. */
export function whyUnreadable(thrown: unknown): string {
  return thrown instanceof RangeError ? 'it is nested too deeply' : `reading it threw ${errorText(thrown)}`;
}

/** What `read` gives, or undefined when it throws. */
function tryRead<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
