// The second half of `npm run build`.
import { ensureWebBuild } from './lib/web-build.mjs';

await ensureWebBuild();
