// npm start: the desktop window where Electron's program is on this machine, else the same program in the browser. Downloads nothing.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '..')
const flags = new Set(process.argv.slice(2))
const say = (line) => process.stdout.write(`${line}\n`)

function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function isStale(built, sources) {
  const file = join(root, built)
  if (!existsSync(file)) return true
  const made = statSync(file).mtimeMs
  return sources.some((source) => newest(join(root, source)) > made)
}

function electronBinary() {
  const dir = join(root, 'node_modules', 'electron')
  const pathFile = join(dir, 'path.txt')
  const file = existsSync(pathFile) ? join(dir, 'dist', readFileSync(pathFile, 'utf8').trim()) : null
  return file !== null && existsSync(file) ? file : null
}

async function prepare(desktop) {
  const common = ['shared', 'build/vite.config.ts', 'package-lock.json']
  const pages = isStale('dist/renderer/index.html', ['renderer', ...common]) || isStale('dist/loopback/bridge.js', ['electron/doors/loopback-page.ts', ...common])
  const program = desktop && isStale('dist/main/preload.cjs', ['electron', ...common])
  if (!pages && !program) return
  say('正在准备界面，第一次需要十几秒……')
  const { buildPages, buildDesktop } = await import('./build.mjs')
  if (pages) await buildPages()
  if (program) await buildDesktop()
}

async function startDesktop(binary) {
  await prepare(true)
  const child = spawn(binary, [root], { stdio: 'inherit' })
  child.on('exit', (code) => process.exit(code ?? 0))
}

async function startBrowser() {
  await prepare(false)
  const { startLoopback } = await import('../electron/doors/start-loopback.ts')
  const door = await startLoopback({ root })
  say('')
  say('督查台已启动（浏览器方式）。')
  say('本机没有 Electron 程序，所以用浏览器显示同一个界面；数据只在本机，网络上的其他人打不开。')
  say('要用桌面窗口：在能上网的机器上执行 npx install-electron --no，或使用安装包，然后再次 npm start。')
  const show = () => {
    const url = door.newUrl()
    say('')
    say(`地址（只能用一次）：${url}`)
    return url
  }
  const url = show()
  if (!flags.has('--no-open')) openBrowser(url)
  say('按回车键得到新的地址；按 Ctrl+C 结束。')
  if (process.stdin.isTTY) createInterface({ input: process.stdin }).on('line', show)
  const end = () => void door.close().then(() => process.exit(0))
  process.on('SIGINT', end).on('SIGTERM', end)
}

function openBrowser(url) {
  const [command, args] = process.platform === 'win32' ? ['rundll32', ['url.dll,FileProtocolHandler', url]] : [process.platform === 'darwin' ? 'open' : 'xdg-open', [url]]
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => say('没有找到浏览器，请把上面的地址复制到浏览器里打开。'))
  child.unref()
}

const binary = flags.has('--browser') ? null : electronBinary()
await (binary === null ? startBrowser() : startDesktop(binary))
