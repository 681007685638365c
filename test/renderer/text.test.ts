import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { briefFigures, figureText, filledFigures } from '../../renderer/text/figures.ts'
import { amountText, birthText, columnLetter, momentText, numberText, percentText, periodText, sourceText } from '../../renderer/text/format.ts'
import { actionLabel, auditActions, auditNote } from '../../renderer/text/labels.ts'
import { entryNames } from '../../shared/contract/entries.ts'

const root = join(import.meta.dirname, '..', '..', 'renderer')

describe('figures as people read them', () => {
  test.each([[null, '—'], [0, '0元'], [9_999, '9,999元'], [10_000, '1万元'], [82_800_000, '8,280万元'], [100_000_000, '1亿元'], [171_730_000, '1.7173亿元'], [-45_140_000, '-4,514万元']])('%s 元 is %s', (yuan, text) => {
    expect(amountText(yuan)).toBe(text)
  })

  test('percentages, counts, dates, places', () => {
    expect([percentText(12.5), numberText(1234), numberText(null), periodText('2026-06'), periodText('2025'), birthText('1975-03'), birthText('1975')]).toEqual(['12.5%', '1,234', '—', '2026年6月', '2025年度', '1975年3月', '1975年'])
    expect([sourceText('招商引资', 12), sourceText(null, 10), sourceText(null, null), columnLetter(0), columnLetter(25), columnLetter(26), columnLetter(701)]).toEqual(['招商引资 第 12 行', '第 10 行', '—', 'A', 'Z', 'AA', 'ZZ'])
    expect(momentText(new Date(2026, 6, 1, 9, 5).getTime())).toBe('2026-07-01 09:05')
  })

  test('a report’s figures in the workbook’s order, empty ones left out', () => {
    const figures = { rank: 3, paidIn: 45_140_000, signed: 1, started: null, completionRate: 48 }
    expect(filledFigures({ figures }).map(({ label, text }) => `${label} ${text}`)).toEqual(['签约项目 1', '到位资金 4,514万元', '完成率 48%', '位次 3'])
    expect(briefFigures({ kind: 'investment', figures })).toBe('签约项目 1，到位资金 4,514万元，完成率 48%')
    expect(figureText('isHead', true)).toBe('是')
  })
})

test('actions of the audit trail that are entries name entries of the contract', () => {
  const other = new Set(['exchange.found', 'exchange.share', 'exchange.renew', 'exchange.root', 'exchange.newEpoch', 'exchange.escrowShown', 'accounts.create.undo', 'accounts.rename', 'letters.pass', 'letters.return', 'session.failed', 'session.lock', 'setup.create'])
  const known = new Set<string>(entryNames)
  expect(auditActions.map(([action]) => action).filter((action) => !known.has(action) && !other.has(action))).toEqual([])
  expect(actionLabel('letters.issue')).toBe('签发')
})

test('every action that the program writes into the audit trail has a Chinese name, and every name in the filter is written somewhere', () => {
  const backend = join(import.meta.dirname, '..', '..', 'electron')
  const code = readdirSync(backend, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')).map((path) => readFileSync(join(backend, path), 'utf8')).join('\n')
  const written = new Set([...code.matchAll(/(?:\bkind: |onLetter\(context, |\bbegin\(.*)(?:\w+ \? '([a-z]+\.[A-Za-z]+)' : )?'([a-z]+\.[A-Za-z.]+)'/g)].flatMap((found) => [found[1], found[2]]).filter((kind) => kind !== undefined))
  expect(written.size).toBeGreaterThan(50)
  expect([...written].filter((kind) => !/\p{Script=Han}/u.test(actionLabel(kind)))).toEqual([])
  expect(auditActions.map(([action]) => action).filter((action) => !code.includes(`'${action}'`))).toEqual([])
})

test('what stands behind an action is a reason or a count, never raw data', () => {
  expect(auditNote({ id: 'a1f0', note: '{"数"} 有误' })).toBe('{"数"} 有误')
  expect(auditNote({ id: 'e000000000000012', note: '{"at":1795753211321,"failed":3}' })).toBe('连续输错 3 次')
  expect(auditNote({ id: 'e000000000000013', note: '{"blobs":2,"changes":1200,"receivers":4}' })).toBe('1200 处修改，2 个附件，发给 4 台机器')
  expect(auditNote({ id: 'e000000000000014', note: '{"of":"0198"}' })).toBeNull()
  expect(auditNote({ id: 'e000000000000015', note: null })).toBeNull()
})

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path) && !/^text[\\/]/.test(path))

/** Words that are values of the contract or patterns for foreign text, not labels. */
const allowed: Readonly<Record<string, RegExp>> = {
  'JudgeDialog.tsx': /认可|补充/g, 'LetterFacts.tsx': /认可/g, 'RecheckDialogs.tsx': /撤销/g, 'RecheckPanel.tsx': /撤销/g, 'recheck-model.ts': /撤销/g, 'OfficialDialog.tsx': /[男女]/g, 'import-queue.ts': /单位|干部|人员|名册|花/g, 'day-list.ts': /[年月日、]/g, 'dates.tsx': /年|月/g, 'FirstRun.tsx': /：/g,
}

test.each(sources)('%s shows no string of its own', (path) => {
  const code = readFileSync(join(root, path), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '')
  const name = path.split(/[\\/]/).at(-1) ?? ''
  const left = code.replaceAll(allowed[name] ?? /(?!)/g, '').match(/\p{Script=Han}+/gu) ?? []
  expect(left).toEqual([])
})
