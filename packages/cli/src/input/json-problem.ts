/** Why a text is not JSON, and where. */
export interface JsonProblem {
  readonly message: string;
  /** Index in the text. */
  readonly at: number;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/**
 * The first thing in `text` that keeps it from being JSON; undefined when nothing does. Accepts
 * exactly what `JSON.parse` accepts, whose own messages often lack the position and never say what
 * to write instead. Iterative: no depth of nesting overflows it.
 */
export function findJsonProblem(text: string): JsonProblem | undefined {
  const scanner = new Scanner(text);
  try {
    scanner.document();
    return undefined;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const before = text.slice(0, error.at).split('\n');
    return { message: error.message, at: error.at, line: before.length, column: before.at(-1)!.length + 1 };
  }
}

class Stop extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const SPACE = /[ \t\n\r]*/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const CLOSING = { '{': '}', '[': ']' } as const;

class Scanner {
  readonly #text: string;
  #at = 0;
  /** What is open, outermost first. */
  readonly #open: ('{' | '[')[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value();
    while (this.#open.length > 0) this.#next();
    this.#space();
    if (this.#at < this.#text.length) this.#stop(`${this.#here()} after the end of the value`);
  }

  /** One value; of arrays and objects only what opens them, down to the first value that is neither. */
  #value(): void {
    for (;;) {
      this.#space();
      const char = this.#text[this.#at];
      if (char !== '{' && char !== '[') return this.#scalar(char);
      this.#at += 1;
      this.#space();
      if (this.#text[this.#at] === CLOSING[char]) {
        this.#at += 1;
        return;
      }
      this.#open.push(char);
      if (char === '{') this.#key();
    }
  }

  #scalar(char: string | undefined): void {
    if (char === '"') return this.#string();
    if (this.#take(NUMBER)) return this.#checkNumberEnd();
    this.#word();
  }

  /** After a value inside something open: `,` and the next one, or the end of it. */
  #next(): void {
    const open = this.#open.at(-1)!;
    const closing = CLOSING[open];
    this.#space();
    const char = this.#text[this.#at];
    if (char === closing) {
      this.#at += 1;
      this.#open.pop();
      return;
    }
    if (char !== ',') this.#stop(`${this.#here()}; expected "," or "${closing}"`);
    const comma = this.#at;
    this.#at += 1;
    this.#space();
    if (this.#text[this.#at] === closing) this.#stop(`a "," before "${closing}"; JSON has no trailing commas`, comma);
    if (open === '{') this.#key();
    this.#value();
  }

  #key(): void {
    this.#space();
    const char = this.#text[this.#at];
    if (char !== '"') {
      const start = this.#at;
      if (char === "'") this.#stop(`a key in single quotes; JSON has double quotes only`);
      if (this.#take(WORD)) this.#stop(`a key without quotes; write "${this.#text.slice(start, this.#at)}"`, start);
      this.#stop(`${this.#here()}; expected a key in double quotes`);
    }
    this.#string();
    this.#space();
    if (this.#text[this.#at] !== ':') this.#stop(`${this.#here()}; expected ":" after the key`);
    this.#at += 1;
  }

  #string(): void {
    const start = this.#at;
    for (this.#at += 1; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at]!;
      if (char === '"') {
        this.#at += 1;
        return;
      }
      if (char < ' ')
        this.#stop(
          char === '\n' ? 'a line break inside a text; write \\n' : 'a control character inside a text',
          this.#at,
        );
      if (char === '\\') this.#escape();
    }
    this.#stop('a text that is never closed; a double quote is missing', start);
  }

  #escape(): void {
    const start = this.#at;
    this.#at += 1;
    const char = this.#text[this.#at] ?? '';
    if (char === 'u') {
      if (!/^[0-9a-fA-F]{4}$/u.test(this.#text.slice(this.#at + 1, this.#at + 5)))
        this.#stop('\\u needs four hexadecimal digits', start);
      this.#at += 4;
    } else if (char === '' || !'"\\/bfnrt'.includes(char)) {
      this.#stop(`"\\${char}" is no escape; a backslash itself is written \\\\`, start);
    }
  }

  #checkNumberEnd(): void {
    const char = this.#text[this.#at] ?? '';
    if (/[\d.eExX_n]/u.test(char)) this.#stop(`${this.#here()} in a number; JSON has plain decimal numbers only`);
  }

  #word(): void {
    const start = this.#at;
    const char = this.#text[start];
    if (this.#take(WORD)) {
      const word = this.#text.slice(start, this.#at);
      if (word === 'true' || word === 'false' || word === 'null') return;
      if (word === 'undefined' || word === 'NaN' || word === 'Infinity')
        this.#stop(`${word}, which JSON does not have; use null`, start);
      this.#stop(`the word ${word} without quotes; a text is written "${word}"`, start);
    }
    if (char === "'") this.#stop('a text in single quotes; JSON has double quotes only');
    if (char === '/') this.#stop('a comment; JSON has none');
    if (char === '-' || char === '+' || char === '.') this.#stop('a number that is not complete');
    this.#stop(`${this.#here()}; expected a value`);
  }

  #space(): void {
    this.#take(SPACE);
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return false;
    this.#at += match[0].length;
    return true;
  }

  #here(): string {
    const char = this.#text.codePointAt(this.#at);
    return char === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(char));
  }

  #stop(message: string, at = this.#at): never {
    throw new Stop(message, at);
  }
}
