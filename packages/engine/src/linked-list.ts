/** What is in a {@link LinkedList} carries its links itself, and so can be in one only. */
export interface Linked<T> {
  before?: T | undefined;
  after?: T | undefined;
}

/** A list from whose middle something leaves as cheaply as it came: for what is opened and ended all the time. */
export class LinkedList<T extends Linked<T>> {
  #first: T | undefined = undefined;
  #last: T | undefined = undefined;

  get isEmpty(): boolean {
    return this.#first === undefined;
  }

  add(member: T): void {
    if (this.#last === undefined) this.#first = member;
    else {
      this.#last.after = member;
      member.before = this.#last;
    }
    this.#last = member;
  }

  /** It has to be in the list. */
  delete(member: T): void {
    const { before, after } = member;
    if (before !== undefined) before.after = after;
    else this.#first = after;
    if (after !== undefined) after.before = before;
    else this.#last = before;
    member.before = undefined;
    member.after = undefined;
  }

  /** In the order in which they came. */
  get members(): readonly T[] {
    const members: T[] = [];
    for (let member = this.#first; member !== undefined; member = member.after) members.push(member);
    return members;
  }
}
