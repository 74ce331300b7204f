import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

// `npm run dev` starts a debug server and says where it listens.
const server = process.env['HOLON_DEBUG_SERVER'];

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
  server: server === undefined ? {} : { proxy: { '/api': server, '/ws': { target: server, ws: true } } },
});
