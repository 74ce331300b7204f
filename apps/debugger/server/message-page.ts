/** A page of a few words, for who can't be let in. All text is ours, none of the request's. */
export function messagePage(title: string, paragraphs: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title} · Holon debugger</title>
<style>
body { margin: 0; min-height: 100vh; display: grid; place-content: center; font: 16px/1.6 system-ui, sans-serif; }
main { max-width: 34rem; padding: 2rem; }
h1 { font-size: 1.25rem; font-weight: 600; margin: 0 0 .75rem; }
p { margin: 0 0 .75rem; opacity: .85; }
</style>
</head>
<body><main><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</main></body>
</html>
`;
}

/** A browser drops `SameSite=Strict` cookies when a link on another site led here; from this page it sends them. */
const OPEN_AGAIN = 'If this browser has already opened it, <a href="/">open the debugger</a>.';

export const LINK_USED_PAGE: string = messagePage('This link was used', [
  'The link that the debugger prints lets in one browser, once.',
  OPEN_AGAIN,
  'Otherwise start the debugger again and open the new link.',
]);

export const LINK_WRONG_PAGE: string = messagePage('This link does not fit', [
  'It belongs to a debugger that was started earlier, or a part of it is missing.',
  OPEN_AGAIN,
  'Otherwise open the whole link that the running debugger printed.',
]);

export function refusedPage(reason: string): string {
  return messagePage('Not let in', [reason, OPEN_AGAIN]);
}
