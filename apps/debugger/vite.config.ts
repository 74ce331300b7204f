import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

// `npm run dev` starts a debug server and says where it listens.
const target = process.env['HOLON_DEBUG_SERVER'];

// The server refuses requests that name another host or origin than its own. The launch link sets its cookie, which
// holds for every port of the same host name.
const inFrontOf = (target: string) => ({
  host: '127.0.0.1',
  proxy: {
    '^/\\?token=': { target, changeOrigin: true },
    '/ws': { target, ws: true, changeOrigin: true, rewriteWsOrigin: true },
  },
});

export default defineConfig({
  root: fileURLToPath(new URL('web', import.meta.url)),
  base: './',
  plugins: [react()],
  resolve: { conditions: ['holon-source', ...defaultClientConditions] },
  build: {
    outDir: fileURLToPath(new URL('dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 2_000,
  },
  server: target === undefined ? {} : inFrontOf(target),
});
