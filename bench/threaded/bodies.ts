/** What runs in threads; imported by piscina's workers as it is. */
export async function fib(n: number): Promise<number> {
  return fibOf(n);
}

function fibOf(n: number): number {
  return n < 2 ? n : fibOf(n - 1) + fibOf(n - 2);
}

export async function nothing(x: number): Promise<number> {
  return x;
}
