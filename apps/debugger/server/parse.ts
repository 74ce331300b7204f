import { nearest } from '@holon/flow';
import { z } from 'zod';
import type { AnyRequest, Command } from '../protocol/index.ts';
import { requestArguments } from './arguments.ts';
import { RequestFailure } from './failure.ts';
import { MAX_FRAME_BYTES, MAX_FRAME_DEPTH, isDeeperThan } from './frame-limits.ts';
import { unsafeKeyIn } from './unsafe-key.ts';

/** A frame is a request, or there is a reason why not: never an exception. */
export type Parsed =
  | { readonly kind: 'request'; readonly request: AnyRequest }
  /** `requestSeq` is 0 and `command` empty where they could not be read. */
  | {
      readonly kind: 'refused';
      readonly requestSeq: number;
      readonly command: string;
      readonly failure: RequestFailure;
    };

const envelope = z.object({
  seq: z.int().positive(),
  type: z.literal('request'),
  command: z.string().max(100),
  arguments: z.unknown().optional(),
});

const commands = Object.keys(requestArguments) as Command[];
const isCommand = (name: string): name is Command => Object.hasOwn(requestArguments, name);

/** The one door from a text frame to a typed request. */
export function parseFrame(text: string): Parsed {
  const refuse = (failure: RequestFailure, requestSeq = peekSeq(text)): Parsed => ({
    kind: 'refused',
    requestSeq,
    command: '',
    failure,
  });

  if (Buffer.byteLength(text) > MAX_FRAME_BYTES) {
    return refuse(new RequestFailure('too-large', `A request can have at most ${MAX_FRAME_BYTES / 1_000_000} MB.`));
  }
  if (isDeeperThan(MAX_FRAME_DEPTH, text)) {
    return refuse(new RequestFailure('too-deep', `A request can be nested at most ${MAX_FRAME_DEPTH} levels deep.`));
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return refuse(new RequestFailure('malformed', `The frame is not JSON: ${(error as Error).message}`));
  }
  const frame = envelope.safeParse(raw);
  if (!frame.success) return refuse(failureOf('malformed', 'The frame is no request', frame.error), seqOf(raw));
  return parseRequest(frame.data);
}

/** The `seq` of a frame that won't be parsed, where it stands first, as clients commonly write it; else 0. */
export function peekSeq(text: string): number {
  const seq = Number(/^\s*\{\s*"seq"\s*:\s*(\d{1,15})\b/u.exec(text.slice(0, 100))?.[1] ?? 0);
  return Number.isSafeInteger(seq) ? seq : 0;
}

function parseRequest(frame: z.output<typeof envelope>): Parsed {
  const { seq, command } = frame;
  const refuse = (failure: RequestFailure): Parsed => ({ kind: 'refused', requestSeq: seq, command, failure });
  if (!isCommand(command)) {
    const near = nearest(command, commands);
    const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
    return refuse(new RequestFailure('unknown-command', `There is no command "${command}".${hint}`));
  }
  const unsafe = unsafeKeyIn(frame.arguments);
  if (unsafe !== undefined) {
    return refuse(
      new RequestFailure(
        'unsafe-key',
        `The key ${unsafe} is refused: code that copies it would change the prototype of objects.`,
      ),
    );
  }
  const given = requestArguments[command].safeParse(frame.arguments);
  if (!given.success)
    return refuse(failureOf('invalid-arguments', `The arguments of "${command}" do not fit`, given.error));
  // The table pairs each command with its own arguments, which TypeScript can't follow through a lookup.
  return { kind: 'request', request: { seq, type: 'request', command, arguments: given.data } as AnyRequest };
}

function seqOf(raw: unknown): number {
  const seq: unknown = typeof raw === 'object' && raw !== null ? (raw as { seq?: unknown }).seq : undefined;
  return Number.isSafeInteger(seq) && (seq as number) > 0 ? (seq as number) : 0;
}

/** How many of a mistake's parts are named. */
const MAX_ISSUES = 5;

function failureOf(code: 'malformed' | 'invalid-arguments', what: string, error: z.ZodError): RequestFailure {
  const issues = error.issues
    .slice(0, MAX_ISSUES)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  const more = error.issues.length - issues.length;
  return new RequestFailure(code, `${what}: ${issues.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`);
}
