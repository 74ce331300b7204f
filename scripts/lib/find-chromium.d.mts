/** The path of a browser that starts, or undefined. HOLON_CHROMIUM, when set, is the only candidate. */
export function findChromium(): string | undefined;
