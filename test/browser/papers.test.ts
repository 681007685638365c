/** Editing with exact texts, a batch with its papers to print, 句库 and templates, in a real Chromium. */
import { readFileSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InputOf, OutputOf, EntryName } from '../../shared/contract/entries.ts'
import { localDay } from '../../electron/doors/env.ts'
import { launchBrowser, openPage, startProgram, type Program } from '../host/browser.ts'
import { goodTemplate, templateDocx } from '../host/letters/template.ts'
import { draftText } from '../host/letter-office.ts'
import { firstAccount } from '../host/sample.ts'

let browser: Browser
let program: Program
let page: Page
let complaints: string[]
const drafts: string[] = []
const start = new Date(2026, 6, 6, 9).getTime() - Date.now()
const now = (): number => Date.now() + start

/** Through the page's own bridge: what was typed elsewhere is only needed as a start here. */
async function call<N extends EntryName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const answer = await page.evaluate(([entry, value]) => window.dutydesk!.call(entry as string, value), [name, input] as const)
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`)
  return answer.value as OutputOf<N>
}

const button = (name: string) => page.getByRole('button', { name: new RegExp(`^${[...name].join('\\s*')}$`) })

beforeAll(async () => {
  browser = await launchBrowser()
  program = await startProgram((env) => ({ ...env, now, today: () => localDay(now()), fontNames: () => new Set(['方正小标宋简体', 'FangSong', 'SimHei', 'SimSun', 'Times New Roman']) }))
  ;({ page, complaints } = await openPage(browser, program))
  await call('app.setup', { organ: '某市人民政府办公室', code: '某督函', account: firstAccount.name, password: firstAccount.password })
  for (const [unit, kind, person] of [['市发展和改革局', 'department', '孙立新'], ['级索镇', 'township', '欧阳㛃娜']] as const) {
    const { id: unitId } = await call('units.save', { id: null, name: unit, kind, shortName: null, aliases: [] })
    const { id: officialId } = await call('officials.save', { id: null, name: person, gender: null, birth: null, phone: null, note: null, post: { id: null, unitId, title: '主要负责人', rank: null, isHead: true, portfolio: null, since: null, until: null } })
    drafts.push((await call('letters.compose', { type: 'reminder', unitId, officialId, matter: '重点项目', cause: '进展较慢', draft: draftText, earlierLetterId: null })).id)
  }
  await page.reload()
})
afterAll(async () => {
  await browser?.close()
  await program?.close()
})

test('a draft takes the exact name with one click, and the paper beside it shows it at once', async () => {
  await page.evaluate((id) => { location.hash = `#/letters/${id}` }, drafts[1])
  await button('修改草稿').first().click()
  const demand = page.getByLabel('要求 1', { exact: true })
  await demand.fill('请同志抓好落实。')
  await demand.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(1, 1))
  await page.getByRole('toolbar', { name: '插入' }).getByRole('button', { name: '欧阳㛃娜', exact: true }).click()
  expect(await demand.inputValue()).toBe('请欧阳㛃娜同志抓好落实。')
  await page.frameLocator('.a4-box iframe').locator('body').filter({ hasText: '抓好落实' }).waitFor()
  await button('保存草稿').click()
  await page.getByText('草稿已保存').waitFor()
})

test('a menu opens below its button where movements are off', async () => {
  await page.evaluate(() => { location.hash = '#/letters' })
  await button('导出台账').click()
  const item = page.getByRole('menuitem', { name: '台账（Excel）' })
  await item.hover()
  const box = (await item.boundingBox())!
  expect([box.x > 0, box.x + box.width < 1366, box.y > 0, box.y + box.height < 768]).toEqual([true, true, true, true])
  await page.keyboard.press('Escape')
  await page.locator('.ant-dropdown').first().waitFor({ state: 'hidden' })
})

test('a batch issues in the order of units, gives the Word files, prints all behind a list, and remembers the print', async () => {
  await page.evaluate(() => { location.hash = '#/letters' })
  await page.getByRole('row').filter({ hasText: '级索镇' }).getByRole('checkbox').click()
  await page.getByRole('row').filter({ hasText: '市发展和改革局' }).getByRole('checkbox').click()
  await button('批量签发').click()
  await button('签发并生成文书').click()
  await page.getByText('2 件已签发，文书已生成。').waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '存 Word（压缩包）' }).click()
  const zip = unzipSync(readFileSync(await (await download).path()))
  expect(Object.keys(zip).sort()).toEqual(['某督函〔2026〕1号-孙立新.docx', '某督函〔2026〕2号-欧阳㛃娜.docx'])
  expect(strFromU8(unzipSync(Object.values(zip)[0]!)['word/document.xml']!)).toContain('w:body')
  await button('打印全部').click()
  await button('记为已打印').waitFor()
  const text = await page.evaluate(() => document.querySelector<HTMLIFrameElement>('.print-frame')?.contentDocument?.body.textContent ?? '')
  expect(text.indexOf('函件打印清单')).toBe(0)
  expect(text.lastIndexOf('孙立新')).toBeLessThan(text.lastIndexOf('欧阳㛃娜'))
  await button('记为已打印').click()
  await page.getByText('已记录打印').waitFor()
  expect(await call('letters.batches', {})).toMatchObject([{ total: 2, done: 2, printedOn: '2026-07-06', printedBy: firstAccount.name }])
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).or(page.locator('.ant-modal-close')).first().click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
})

test('the settings say which typefaces the papers find here, what stands in, and what to do; the days for 复核 and the page school are settings', async () => {
  await page.evaluate(() => { location.hash = '#/settings' })
  await page.getByRole('tab', { name: '字体' }).click()
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('cell', { name, exact: true }) })
  expect(await row('标题').innerText()).toContain('已安装')
  expect(await row('正文、署名、日期').innerText()).toMatch(/有代用[^]*仿宋/u)
  expect(await row('二级标题（（一））').innerText()).toMatch(/未安装[^]*由系统自选[^]*楷体_GB2312/u)
  await page.getByText('1 处没有合用的字体').waitFor()
  await page.getByText('可选功能').first().waitFor()
  await page.getByRole('tab', { name: '机关与期限' }).click()
  await page.getByLabel('申请复核期限（天）').fill('20')
  // By keys: the list moves while it opens.
  await page.getByLabel('版心', { exact: true }).focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
  await page.getByText('上级用尺量字迹时用').waitFor()
  await button('保存').click()
  await page.getByText('设置已保存').waitFor()
  expect(await call('settings.get', {})).toMatchObject({ reviewDays: 20, geometry: 'compensated' })
})

test('an office uploads its template: a wrong place is named, the right one is kept and put to use', async () => {
  await page.evaluate(() => { location.hash = '#/settings/templates' })
  const upload = async (name: string, lines: readonly string[]): Promise<void> => {
    const chooser = page.waitForEvent('filechooser')
    await button('上传模板').click()
    await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(templateDocx({ ...goodTemplate, lines: [...goodTemplate.lines!, ...lines] })) })
  }
  await upload('坏.docx', ['{性名}'])
  await page.getByText('没有这个填写处：{性名}').waitFor()
  await upload('好.docx', ['本单位版式'])
  await page.getByText('模板没有问题，已保存。试打看过后点“启用”。').waitFor()
  await button('启用').click()
  await page.getByText('使用中').waitFor()
  await page.evaluate(() => { location.hash = '#/settings/sentences' })
  await page.getByText('请{姓名}同志高度重视，对照职责抓好落实。').waitFor()
})

test('a letter of that template shows the Word file itself, also while it is edited, and is printed from there only', async () => {
  const units = await call('units.list', { limit: 10, cursor: null })
  const unit = units.items.find((one) => one.name === '级索镇')!
  const official = (await call('officials.list', { limit: 10, cursor: null, unitId: unit.id })).items[0]!
  const { id } = await call('letters.compose', { type: 'reminder', unitId: unit.id, officialId: official.id, matter: '招商引资', cause: '没有实质进展', draft: draftText, earlierLetterId: null })
  await page.evaluate((letter) => { location.hash = `#/letters/${letter}` }, id)
  const paper = page.frameLocator('.a4-box iframe').locator('section.docx')
  await paper.filter({ hasText: '本单位版式' }).filter({ hasText: '欧阳㛃娜' }).waitFor()
  await page.getByText('打印请下载 Word 文件后用 Word 或 WPS 打开').waitFor()
  expect(await button('打印').count() + await button('存为 PDF').count()).toBe(0)
  // The Word file's own styles came through the page's policy.
  expect(await paper.first().evaluate((sheet) => getComputedStyle(sheet).display)).toBe('flex')
  const download = page.waitForEvent('download')
  await button('下载 Word 打印').click()
  expect((await download).suggestedFilename()).toMatch(/欧阳㛃娜\.docx$/u)
  await button('修改草稿').first().click()
  await page.getByLabel('要求 1', { exact: true }).fill('请在本月底前办结并报告。')
  await paper.filter({ hasText: '请在本月底前办结并报告。' }).waitFor()
  expect(complaints).toEqual([])
})
