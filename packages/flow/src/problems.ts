import { type HolonErrorCode, HolonError, isHolonError } from './errors.ts';

/** How many problems are listed: a mistake in how a picture is made may be repeated in all of its edges. */
const MAX_LISTED = 20;

/** Collects what is wrong with one thing that an author makes, so that all of it is reported at once. */
export class Problems {
  readonly #texts: string[] = [];
  #more = 0;

  /** Texts past the listed ones are not made, only counted. */
  add(text: () => string): void {
    if (this.#texts.length < MAX_LISTED) this.#texts.push(text());
    else this.#more += 1;
  }

  /** What `make` gives; nothing when it throws a mistake of the author's, which is kept. Anything else it throws goes on. */
  take<T>(make: () => T): T | undefined {
    try {
      return make();
    } catch (error) {
      if (!isAuthorsMistake(error)) throw error;
      this.add(() => error.message);
      return undefined;
    }
  }

  get none(): boolean {
    return this.#texts.length === 0;
  }

  /** What was found; the last of many says how many more there were. */
  get texts(): readonly string[] {
    return this.#more === 0 ? this.#texts : [...this.#texts, `… and ${this.#more} more.`];
  }

  /** One in line with `what`, several in a list below it. @throws HolonError with them as data in `details.problems` */
  throwIfAny(what: string, code: HolonErrorCode): void {
    if (this.none) return;
    const { texts } = this;
    const message = texts.length === 1 ? `${what}: ${texts[0]}` : `${what}:\n${indented(texts)}`;
    throw new HolonError(code, message, { details: { problems: texts } });
  }
}

/** Problems as the lines of a message, each two spaces in; so is every line of one that has several. */
export function indented(problems: readonly string[]): string {
  return problems.map((problem) => `  ${problem.replaceAll('\n', '\n  ')}`).join('\n');
}

const AUTHORS: readonly HolonErrorCode[] = [
  'invalid-flow',
  'invalid-name',
  'duplicate-name',
  'invalid-graph',
  'invalid-option',
];

/** Whether `error` says that a flow is wrong, as opposed to a failure of one that runs. */
export function isAuthorsMistake(error: unknown): error is HolonError {
  return isHolonError(error) && AUTHORS.includes(error.code);
}
