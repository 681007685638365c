/** What the browser tests share at the window: calls over the page's own bridge, buttons by their words, pictures, and axe. */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import type { EntryName, InputOf, OutputOf } from '../../shared/contract/entries.ts'

/** For what was typed elsewhere and is only needed as a start here. */
export function bridgeCall(page: Page): <N extends EntryName>(name: N, input: InputOf<N>) => Promise<OutputOf<N>> {
  return async (name, input) => {
    const answer = await page.evaluate(([entry, value]) => window.dutydesk!.call(entry as string, value), [name, input] as const)
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${JSON.stringify(answer.error.params)}`)
    return answer.value as OutputOf<typeof name>
  }
}

/** antd puts a space between the two characters of a short button. */
export const buttonOf = (within: Page | Locator, name: string): Locator => within.getByRole('button', { name: new RegExp(`^${[...name].map((sign) => sign.replace(/[.*+?^${}()|[\]\\]/, String.raw`\$&`)).join(String.raw`\s*`)}$`) })

/** The log-in of a folder with one account. */
export async function enter(page: Page, password: string): Promise<void> {
  await page.getByLabel('密码', { exact: true }).fill(password)
  await buttonOf(page, '登录').click()
  await page.getByRole('heading', { name: '今日' }).waitFor()
}

/** DUTYDESK_SHOTS names a folder for pictures of the steps. */
export function shotsOf(area: string): (page: Page, step: string) => Promise<void> {
  const folder = process.env.DUTYDESK_SHOTS
  return async (page, step) => {
    if (!folder) return
    mkdirSync(folder, { recursive: true })
    await page.screenshot({ path: join(folder, `${area}-${step}.png`) })
  }
}

const axeSource = (): string => readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Rules of WCAG 2 A and AA that the page breaks, each with its first place. */
export async function accessible(page: Page): Promise<string[]> {
  await page.evaluate(axeSource())
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (context: Document, options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })
    return violations.map((one) => `${one.id}: ${one.nodes[0]?.html ?? ''}`)
  })
}
