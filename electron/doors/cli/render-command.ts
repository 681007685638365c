/** render: the paper again, as Word, HTML or (where a Chromium is found) PDF. */
import { execFile } from 'node:child_process'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { many, needed, Refused, Usage, type Command } from './command.ts'
import { letterId } from './letter-commands.ts'

const formats = ['docx', 'html', 'pdf'] as const

export const render: Command = {
  name: 'render',
  usage: 'render 函件 --out 文件 [--as docx|html|pdf]',
  about: '重新生成函件，并给出版面的文字',
  details: ['不写 --as 时按文件名的扩展名。pdf 需要本机有 Chromium（环境变量 DUTYDESK_CHROMIUM 指定程序，或在 PATH 中）。'],
  flags: { out: { type: 'string' }, as: { type: 'string', multiple: true } },
  formats,
  args: [1, 1],
  async run(terminal, [given = ''], flags) {
    const out = needed(flags, 'out')
    const asked = many(flags, 'as').find((one) => (formats as readonly string[]).includes(one))
    const as = formats.find((format) => format === (asked ?? extname(out).slice(1).toLowerCase()))
    if (as === undefined) throw new Usage(`--as 只能是：${formats.join('、')}`)
    const chromium = as === 'pdf' ? await findChromium() : null
    if (as === 'pdf' && chromium === null) throw new Refused({ code: 'NOT_FOUND', params: { what: 'chromium' } })
    const id = await letterId(terminal, given)
    const { layout } = await terminal.call('letters.preview', { id })
    const { file: token } = await terminal.call('letters.file', { id, as: as === 'docx' ? 'docx' : 'html' })
    if (chromium === null) return { value: { file: await terminal.download(token, { path: out }), layout } }
    const dir = await mkdtemp(join(tmpdir(), 'dutydesk-pdf-'))
    try {
      const html = await terminal.download(token, { path: join(dir, 'letter.html') })
      await printPdf(chromium, html, resolve(out), dir)
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
    return { value: { file: resolve(out), layout } }
  },
}

const names = process.platform === 'win32' ? ['msedge.exe', 'chrome.exe'] : ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

async function findChromium(): Promise<string | null> {
  const given = process.env.DUTYDESK_CHROMIUM
  const places = given ? [given] : (process.env.PATH ?? '').split(delimiter).filter((dir) => dir !== '').flatMap((dir) => names.map((name) => join(dir, name)))
  for (const place of places) if (await access(place).then(() => true, () => false)) return place
  return null
}

async function printPdf(chromium: string, html: string, out: string, dir: string): Promise<void> {
  // As root (a container) Chromium refuses its own sandbox; the page is ours and holds no script.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = ['--headless', ...root, '--disable-gpu', '--no-first-run', `--user-data-dir=${join(dir, 'profile')}`, '--no-pdf-header-footer', `--print-to-pdf=${out}`, pathToFileURL(html).href]
  try {
    await promisify(execFile)(chromium, args, { timeout: 60_000 })
    await access(out)
  } catch {
    throw new Refused({ code: 'INTERNAL', params: { what: 'chromium' } })
  }
}
