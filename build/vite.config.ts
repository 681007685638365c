/** What vite builds: the renderer, the desktop's main with its workers, the preload script, the browser door's bridge. */
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'

const root = join(import.meta.dirname, '..')
/** Electron 45 carries Chromium 146; browsers of the loopback door are not older than two years. */
const pages = 'chrome120'
const node = 'node24'
const common = { configFile: false, logLevel: 'warn', clearScreen: false } as const
const external = ['electron', 'better-sqlite3', ...builtinModules, /^node:/]

export const rendererConfig: InlineConfig = {
  ...common,
  root: join(root, 'renderer'),
  plugins: [react()],
  build: { outDir: join(root, 'dist', 'renderer'), emptyOutDir: true, target: pages, chunkSizeWarningLimit: 2_000, modulePreload: { polyfill: false } },
}

/** worker.js and every chunk lie beside main.js: jobs/host.ts looks for the worker beside itself. */
export const mainConfig: InlineConfig = {
  ...common,
  root,
  ssr: { noExternal: true, external: ['electron', 'better-sqlite3'] },
  build: {
    ssr: true, outDir: join(root, 'dist', 'main'), emptyOutDir: true, target: node, minify: false,
    rolldownOptions: {
      input: { main: join(root, 'electron', 'main.ts'), worker: join(root, 'electron', 'jobs', 'worker.ts') },
      external,
      output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
}

/** A sandboxed preload script can load nothing but 'electron': one CommonJS file. */
export const preloadConfig: InlineConfig = {
  ...common,
  root,
  build: {
    outDir: join(root, 'dist', 'main'), emptyOutDir: false, target: pages, minify: false,
    lib: { entry: join(root, 'electron', 'preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
}

export const bridgeConfig: InlineConfig = {
  ...common,
  root,
  build: {
    outDir: join(root, 'dist', 'loopback'), emptyOutDir: true, target: pages,
    lib: { entry: join(root, 'electron', 'doors', 'loopback-page.ts'), formats: ['iife'], name: 'dutydeskBridge', fileName: () => 'bridge.js' },
  },
}
