import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongFirst } from './test-order.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

// Inherited by every process and thread that the tests start: they load the same sources a hundred times, and stripping types is most of a start.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url))

export default defineConfig({
  root,
  resolve: {
    // Importing the real package would start a download: the tests wire against a fake.
    alias: { electron: fileURLToPath(new URL('../test/host/fake-electron.ts', import.meta.url)) },
  },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    // Rows and packages die young: with V8's own 16 MiB they are copied about, a fourteenth of the model's time.
    execArgv: ['--max-semi-space-size=32'],
    sequence: { sequencer: LongFirst },
    testTimeout: 400_000,
    hookTimeout: 240_000,
    env: { TZ: 'Asia/Shanghai', ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent/electron' },
  },
})
