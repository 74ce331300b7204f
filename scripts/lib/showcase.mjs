/** What `npm start` and `npm run dev` run, from the root. */
export const debugShowcase = ['packages/cli/bin/holon.js', 'debug', 'examples/showcase.ts'];
