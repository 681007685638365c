// Builds dist/ and checks that what was built fits together. `--renderer`: only what the browser door needs.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { build } from 'vite'
import { bridgeConfig, mainConfig, preloadConfig, rendererConfig } from './vite.config.ts'

const root = join(import.meta.dirname, '..')

export async function buildPages() {
  await build(rendererConfig)
  await build(bridgeConfig)
}

export async function buildDesktop() {
  await build(mainConfig)
  await build(preloadConfig)
  await checkDesktop()
}

/** The faults that only the packed program would show: a second preload file, a worker that is not where main looks for it. */
async function checkDesktop() {
  const dir = join(root, 'dist', 'main')
  const fail = (why) => {
    throw new Error(`dist/main is not wired: ${why}`)
  }
  for (const name of ['main.js', 'worker.js', 'preload.cjs']) if (!existsSync(join(dir, name))) fail(`${name} is missing`)
  const required = [...readFileSync(join(dir, 'preload.cjs'), 'utf8').matchAll(/\brequire\(["'`]([^"'`]+)["'`]\)/g)].map((found) => found[1])
  if (required.length === 0 || required.some((name) => name !== 'electron')) fail(`preload.cjs requires ${required.join(', ') || 'nothing'}`)
  const nested = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  if (nested.length > 0) fail('chunks must lie beside worker.js')
  const answer = await new Promise((resolve, reject) => {
    const stop = new Int32Array(new SharedArrayBuffer(4))
    const worker = new Worker(pathToFileURL(join(dir, 'worker.js')), { workerData: { job: 'no such job', input: null, now: 0, stop } })
    worker.once('message', resolve).once('error', reject)
  })
  if (answer.type !== 'bug') fail('worker.js does not answer')
}

if (process.argv[1] === import.meta.filename) {
  await buildPages()
  if (!process.argv.includes('--renderer')) await buildDesktop()
}
