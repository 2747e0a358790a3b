/** Bundles the bank site's one script, which its pages load from their own origin. */
import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'build/banking-script',
    emptyOutDir: true,
    target: ['chrome119', 'firefox121', 'safari17.4'],
    rolldownOptions: {
      input: 'src/web/banking/script/banking.ts',
      output: { format: 'iife', entryFileNames: 'banking.js' },
    },
  },
})
