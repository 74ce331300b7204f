/** A page of a few words, for who can't be let in. All text is ours, none of the request's. */
function messagePage(title: string, paragraphs: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title} · Holon debugger</title>
<style>
:root { --ground: #f3f4f8; --surface: #fff; --line: #dfe2ea; --text: #1a1c23; --quiet: #4b5162; --link: #2a5bd7; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14161b; --surface: #1c1f26; --line: #31353f; --text: #eceef3; --quiet: #b3b8c5; --link: #8fb0ff; }
}
body { margin: 0; min-height: 100vh; display: grid; place-content: center; background: var(--ground);
  color: var(--quiet); font: 1rem/1.6 system-ui, sans-serif; }
main { box-sizing: border-box; max-width: 32rem; margin: 1rem; padding: 1.75rem 2rem; background: var(--surface);
  border: 1px solid var(--line); border-radius: .75rem; }
h1 { margin: 0 0 .75rem; color: var(--text); font-size: 1.25rem; font-weight: 650; }
p { margin: .5rem 0 0; }
a { color: var(--link); }
</style>
</head>
<body><main><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</main></body>
</html>
`;
}

/** A browser leaves out `SameSite=Strict` cookies when a link on another site led here; from this page it sends them. */
const OPEN_AGAIN = 'If this browser was let in before, <a href="/">open the debugger</a>.';

export const LINK_USED_PAGE: string = messagePage('This link was used', [
  'The link that the debugger prints lets in one browser, once.',
  OPEN_AGAIN,
  'Otherwise start the debugger again and open its new link.',
]);

export const LINK_WRONG_PAGE: string = messagePage('This link does not fit', [
  'It belongs to a debugger that was started earlier, or a part of it is missing.',
  OPEN_AGAIN,
  'Otherwise open the whole link that the running debugger printed.',
]);

/** For a browser that has no cookie, or did not send it. */
export const NO_COOKIE_PAGE: string = messagePage('Open the printed link first', [
  'The debugger printed a link when it was started: it lets this browser in.',
  OPEN_AGAIN,
]);

export function refusedPage(reason: string): string {
  return messagePage('Refused', [reason]);
}
