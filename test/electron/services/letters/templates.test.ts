/** The offices' own templates and 句库: what is refused and named, versions, and which template a letter keeps. */
import { strFromU8, strToU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { builtInSentences, fillSentence } from '../../../../shared/domain/letters/sentence-bank.ts'
import { letterTypes } from '../../../../shared/domain/letters/types.ts'
import { letterFile, previewLetter } from '../../../../electron/services/letters/papers.ts'
import { listSentences, removeSentence, resetSentences, saveSentence } from '../../../../electron/services/letters/sentences.ts'
import { checkTemplate } from '../../../../electron/services/letters/template-check.ts'
import { placesOf } from '../../../../electron/services/letters/template-places.ts'
import { activateTemplate, checkUpload, listTemplates, resetTemplate, trialTemplate, uploadTemplate } from '../../../../electron/services/letters/templates.ts'
import { codeOf, compose, draftText, get, issued, makeLetterOffice, type LetterOffice } from '../../../host/letter-office.ts'
import { goodTemplate, templateDocx, type TemplateParts } from '../../../host/letters/template.ts'

let office: LetterOffice
beforeEach(async () => {
  office = await makeLetterOffice('templates')
})
afterEach(() => office.close())

const desk = (bytes: Uint8Array, name = '提醒函.docx'): string => office.context.files.offer({ name, mime: 'x', bytes })
const upload = (parts: TemplateParts = goodTemplate) => uploadTemplate({ type: 'reminder', file: desk(templateDocx(parts)), note: null }, office.context)
const textOf = (bytes: Uint8Array): string => strFromU8(unzipSync(bytes)['word/document.xml']!).replaceAll(/<[^>]*>/gu, '')
const bytesOf = (token: string): Uint8Array => unwrap(office.context.files.take(token)).bytes
const docxText = async (id: string): Promise<string> => textOf(bytesOf(unwrap(await letterFile({ id, as: 'docx', paper: 'letter' }, office.context)).file))
const problems = (parts: TemplateParts): string[] => checkTemplate('reminder', 'a.docx', templateDocx(parts)).problems.map((one) => `${one.kind} ${one.text}`)
const withLines = (...lines: string[]): TemplateParts => ({ ...goodTemplate, lines: [...goodTemplate.lines!, ...lines] })
const fileCode = (name: string, bytes: Uint8Array): string => codeOf(checkUpload({ type: 'reminder', file: desk(bytes, name) }, office.context))

describe('checking a template', () => {
  it('takes a good one: places cut into runs are whole, lists may stand in rows', () => {
    const report = checkTemplate('reminder', 'a.docx', templateDocx(goodTemplate))
    expect(report.problems).toEqual([])
    expect(report.places).toContainEqual({ place: '文号', count: 1 })
  })

  it('names every unknown, missing, unclosed and misplaced place with its text', () => {
    expect(problems(withLines('{性名}'))).toEqual(['unknown {性名}'])
    expect(problems(withLines('请{姓名同志'))).toEqual(['unclosed {姓名同志'])
    expect(problems(withLines('姓名}同志'))).toEqual(['unclosed 姓名}'])
    expect(problems(withLines('{内容}'))).toEqual(['loop {内容}'])
    expect(problems(withLines('{#要求}')).join()).toContain('loop')
    expect(problems(withLines('{约谈时间}'))).toEqual(['unknown {约谈时间}'])
    expect(problems({ ...goodTemplate, header: '密级 {单位}' })).toEqual(['header {单位}'])
    expect(problems({ lines: ['只有字'] })).toEqual(['missing {文号}', 'missing {标题}', 'missing {日期}', 'missing {主送}', 'missing {#正文}{段落}{/正文}'])
  })

  it('refuses macros, broken and foreign files, too many places and a picture of 50 MB, each by its name', async () => {
    expect(fileCode('a.docm', templateDocx(goodTemplate))).toBe('FILE_MACRO')
    expect(fileCode('a.docx', templateDocx({ ...goodTemplate, more: { 'word/vbaProject.bin': strToU8('x') } }))).toBe('FILE_MACRO')
    expect(fileCode('a.docx', templateDocx({ ...goodTemplate, types: '<Override PartName="/x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>' }))).toBe('FILE_MACRO')
    expect(fileCode('a.docx', templateDocx(goodTemplate).slice(0, 400))).toBe('FILE_DAMAGED')
    expect(fileCode('a.docx', strToU8('只是文字'))).toBe('FILE_DAMAGED')
    expect(fileCode('a.xlsx', strToU8('a,b'))).toBe('FILE_WRONG_KIND')
    expect(fileCode('a.docx', templateDocx(withLines(...Array.from({ length: 200 }, () => '{单位}'))))).toBe('TEMPLATE_TOO_MANY')
    const picture = checkUpload({ type: 'reminder', file: desk(templateDocx({ ...goodTemplate, more: { 'word/media/image1.png': [new Uint8Array(50 * 1024 * 1024), { level: 1 }] } })) }, office.context)
    expect(picture).toMatchObject({ error: { code: 'TEMPLATE_PICTURE', params: { picture: 'image1.png' } } })
    expect(await upload(withLines('{性名}'))).toMatchObject({ error: { code: 'TEMPLATE_REFUSED', params: { problems: ['{性名}'] } } })
    expect(unwrap(listTemplates(office.context))).toEqual([])
  })
})

describe('versions', () => {
  it('a trial shows sample data; a letter keeps the version that made it; back to the built-in', async () => {
    const first = unwrap(await upload())
    expect(textOf(bytesOf(unwrap(await trialTemplate({ id: first.id }, office.context)).file))).toContain('欧阳某')
    const before = issued(office.context, { matter: '甲' })
    expect(await docxText(before.id)).not.toContain('第一版')
    unwrap(activateTemplate({ id: unwrap(await upload(withLines('第一版'))).id }, office.context))
    const made = issued(office.context, { matter: '乙' })
    const text = await docxText(made.id)
    expect(text).toContain('第一版')
    expect(text).toContain(made.number!)
    expect(text).toContain('赵明远')
    expect(text).not.toMatch(/[{}]/u)
    unwrap(activateTemplate({ id: unwrap(await upload(withLines('第二版'))).id }, office.context))
    expect(await docxText(made.id)).toContain('第一版')
    expect(await docxText(before.id)).not.toMatch(/第[一二]版/u)
    const draft = compose(office.context, { matter: '丙' })
    expect(await docxText(draft.id)).toContain('第二版')
    const preview = unwrap(await previewLetter({ id: draft.id, draft: null }, office.context))
    expect(preview.html).toBe(null)
    expect(textOf(bytesOf(preview.word!.file))).toContain('第二版')
    const edited = unwrap(await previewLetter({ id: draft.id, draft: { ...draftText, demands: ['请改在本月底前办结。'] } }, office.context))
    expect(textOf(bytesOf(edited.word!.file))).toContain('请改在本月底前办结。')
    expect(get(office.context, draft.id).ownTemplate).toBe(true)
    expect(unwrap(listTemplates(office.context)).map((one) => [one.version, one.active])).toEqual([[3, true], [2, false], [1, false]])
    unwrap(resetTemplate({ type: 'reminder' }, office.context))
    expect(await docxText(draft.id)).not.toContain('第二版')
    expect(unwrap(await previewLetter({ id: draft.id, draft: null }, office.context))).toMatchObject({ html: expect.stringContaining('赵明远'), word: null })
    // Nothing is printed that is not the issued paper: the built-in layout of a letter that a template made is refused.
    expect(codeOf(await letterFile({ id: made.id, as: 'html', paper: 'letter' }, office.context))).toBe('PAPER_OWN_TEMPLATE')
    expect(codeOf(await letterFile({ id: before.id, as: 'html', paper: 'letter' }, office.context))).toBe('ok')
    expect(codeOf(await letterFile({ id: made.id, as: 'html', paper: 'deliveryReceipt' }, office.context))).toBe('ok')
  })

  it('has a sample and a meaning for every place of every type, and no place twice', () => {
    for (const type of letterTypes) {
      const places = placesOf(type)
      expect(new Set(places.map((one) => one.place)).size).toBe(places.length)
      for (const one of places) expect([one.place, one.about !== '', one.sample !== '']).toEqual([one.place, true, true])
    }
  })
})

describe('句库', () => {
  it('lists by type, takes the office’s wording, hides, and goes back', () => {
    const all = unwrap(listSentences({ type: 'interview' }, office.context))
    expect(all.every((one) => one.type === null || one.type === 'interview')).toBe(true)
    const [first] = all
    unwrap(saveSentence({ id: first!.id, type: null, part: 'demand', text: '改过的一句。' }, office.context))
    const own = unwrap(saveSentence({ id: null, type: 'interview', part: 'demand', text: '请{姓名}同志准时到会。' }, office.context))
    expect(unwrap(listSentences({ type: 'interview' }, office.context)).find((one) => one.id === first!.id)).toMatchObject({ text: '改过的一句。', changed: true, part: first!.part })
    expect(unwrap(listSentences({ type: 'reminder' }, office.context)).some((one) => one.id === own.id)).toBe(false)
    expect(codeOf(saveSentence({ id: null, type: null, part: 'fact', text: '{性名}' }, office.context))).toBe('BAD_INPUT')
    expect(codeOf(saveSentence({ id: null, type: null, part: 'fact', text: '此件机密★' }, office.context))).not.toBe('ok')
    unwrap(removeSentence({ id: first!.id }, office.context))
    unwrap(removeSentence({ id: own.id }, office.context))
    expect(unwrap(listSentences({ type: 'interview' }, office.context))).toHaveLength(all.length - 1)
    expect(unwrap(resetSentences(office.context)).removed).toBe(1)
    expect(unwrap(listSentences({ type: 'interview' }, office.context))).toEqual(all)
  })

  it('fills places with the exact text, and never leaves a brace', () => {
    expect(fillSentence('请{姓名}同志抓紧推进{事项}。', { 姓名: '欧阳㛃娜', 事项: '招商引资工作' })).toBe('请欧阳㛃娜同志抓紧推进招商引资工作。')
    expect(fillSentence('请{姓名}同志。', { 姓名: null })).toBe(null)
    for (const one of builtInSentences) expect(fillSentence(one.text, { 姓名: '甲', 单位: '乙', 职务: '丙', 事项: '丁', 期次: '戊', 文号: '己' })).toMatch(/^[^{}]+$/u)
    expect(new Set(builtInSentences.map((one) => one.id)).size).toBe(builtInSentences.length)
  })
})
