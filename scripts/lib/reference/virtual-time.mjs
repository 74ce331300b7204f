// Timers and a clock that stand still while anything is under way, and then go on to the next timer at once.

/** Puts itself in the place of the global timers and clock until `giveBack()`. */
export function takeOverTime() {
  const real = { setTimeout, clearTimeout, setInterval, clearInterval, Date };
  const timers = new Map();
  let now = 0;
  let ids = 0;
  const start = (run, ms = 0, every) => {
    const handle = {
      id: ++ids,
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      [Symbol.toPrimitive]: () => handle.id,
    };
    timers.set(handle.id, { run, at: now + Math.max(0, Number(ms) || 0), every });
    return handle;
  };
  const stop = (handle) => void timers.delete(Number(handle ?? 0));
  globalThis.setTimeout = (run, ms, ...args) => start(() => run(...args), ms);
  globalThis.setInterval = (run, ms, ...args) => start(() => run(...args), ms, ms);
  globalThis.clearTimeout = globalThis.clearInterval = stop;
  globalThis.Date = class extends real.Date {
    constructor(...args) {
      super(...(args.length === 0 ? [now] : args));
    }
    static now() {
      return now;
    }
  };
  const fireNext = () => {
    const [next] = [...timers].toSorted(([a, x], [b, y]) => x.at - y.at || a - b);
    if (next === undefined) return false;
    const [id, { run, at, every }] = next;
    now = Math.max(now, at);
    timers.delete(id);
    if (every !== undefined) timers.set(id, { run, at: now + every, every });
    run();
    return true;
  };
  /** Long enough for a module to load and for promises to settle. */
  const idle = async () => {
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    async until(promise) {
      let settled = false;
      const mark = () => {
        settled = true;
      };
      promise.then(mark, mark);
      for (let silent = 0; !settled;) {
        await idle();
        if (settled) break;
        silent = fireNext() ? 0 : silent + 1;
        if (silent > 2_000) throw new Error('It waits for something that no timer brings.');
      }
      return promise;
    },
    giveBack: () => Object.assign(globalThis, real),
  };
}
