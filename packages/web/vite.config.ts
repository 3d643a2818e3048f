import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src',
  plugins: [react()],
  // Workspace packages are bundled from source.
  resolve: { conditions: ['development', 'module', 'browser'] },
  build: {
    outDir: '../dist/app',
    emptyOutDir: true,
    // Inlined files would be data: URLs, which the content policy refuses for scripts.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // "use client" means nothing to a page that has no server components; one warning per file.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:7575' } },
});
