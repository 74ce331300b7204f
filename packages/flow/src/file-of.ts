/** The path in a `file:` URL (`file:///C:/a%20b.ts` is `C:/a b.ts`); anything else as it is. */
export function fileOf(url: string): string {
  if (!url.startsWith('file://')) return url.replace(/[?#].*$/u, '');
  const path = url
    .slice('file://'.length)
    .replace(/[?#].*$/u, '')
    .replace(/^\/(?=[A-Za-z]:)/u, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
