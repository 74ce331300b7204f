/**
 * Whether the page has nothing left to do, as `data-idle` on the document's element: for end-to-end
 * tests, which wait on this instead of on time. Work is a request without its reply, a layout, a
 * drawing being rendered. Idle is said two frames after the last of it, when React has painted.
 */
const work = new Set<symbol>();
let frame = 0;

/** Marks the page as busy until the returned function is called. Calling that twice does nothing more. */
export function beginWork(): () => void {
  const token = Symbol('work');
  work.add(token);
  cancelAnimationFrame(frame);
  document.documentElement.dataset['idle'] = 'false';
  return () => {
    if (!work.delete(token) || work.size > 0) return;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (work.size === 0) document.documentElement.dataset['idle'] = 'true';
      });
    });
  };
}

/** Marks the page as busy until `promise` settles; gives it back. */
export async function working<T>(promise: Promise<T>): Promise<T> {
  const done = beginWork();
  try {
    return await promise;
  } finally {
    done();
  }
}
