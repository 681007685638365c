/** The number of a letter under hard conditions: two processes at once, and a failure at every single step of the issue. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import type { OpenContext } from '../../../../electron/services/context.ts'
import { checkLetters, submitLetters } from '../../../../electron/services/letters/check.ts'
import { editLetter } from '../../../../electron/services/letters/compose.ts'
import { draftLetters } from '../../../../electron/services/letters/draft.ts'
import { issueLetters } from '../../../../electron/services/letters/issue.ts'
import { numbersGapsFile, numbersOverview, reserveNumbers } from '../../../../electron/services/letters/numbers.ts'
import { voidLetter } from '../../../../electron/services/letters/withdraw.ts'
import type { Store, WriteTx } from '../../../../electron/store/store.ts'
import { compose, day, get, issued, list, makeLetterOffice, putProposal, type LetterOffice } from '../../../host/letter-office.ts'

/** All texts of a written workbook. */
function sheetText(bytes: Uint8Array): string {
  return Object.entries(unzipSync(bytes)).filter(([name]) => name.endsWith('.xml')).map(([, part]) => strFromU8(part)).join('\n')
}

let office: LetterOffice
beforeEach(async () => {
  office = await makeLetterOffice('numbers')
})
afterEach(() => office.close())

function checked(count: number): string[] {
  const ids = Array.from({ length: count }, (_, index) => compose(office.context, { matter: `事项${index}` }).id)
  unwrap(submitLetters({ ids }, office.context))
  unwrap(checkLetters({ ids, pass: true, note: null }, office.context))
  return ids
}

const child = fileURLToPath(new URL('../../../host/issue-child.ts', import.meta.url))

async function startChild(ids: readonly string[], seed: string): Promise<{ readonly go: () => void; readonly numbers: Promise<string[]> }> {
  const start = { dir: office.env.dataDir, key: Buffer.from(office.folder.key).toString('hex'), ids, date: day, now: office.env.now(), seed, account: office.context.account.id }
  const process_ = spawn(process.execPath, [child, JSON.stringify(start)], { stdio: ['pipe', 'pipe', 'pipe'] })
  const errors: string[] = []
  process_.stderr.on('data', (data: Buffer) => errors.push(data.toString()))
  const lines = createInterface({ input: process_.stdout })[Symbol.asyncIterator]()
  const first = await lines.next()
  if (first.value !== 'ready') throw new Error(`child: ${errors.join('')}`)
  const numbers = (async () => {
    const answer = await lines.next()
    await once(process_, 'exit')
    if (answer.done === true) throw new Error(`child: ${errors.join('')}`)
    return JSON.parse(answer.value) as string[]
  })()
  return { go: () => process_.stdin.write('go\n'), numbers }
}

describe('numbers', () => {
  it('two processes issuing at once never give one number twice', async () => {
    const ids = checked(24)
    const children = await Promise.all([startChild(ids.slice(0, 12), 'one'), startChild(ids.slice(12), 'two')])
    for (const one of children) one.go()
    const numbers = (await Promise.all(children.map((one) => one.numbers))).flat()
    const wanted = Array.from({ length: 24 }, (_, index) => `滕督函〔2026〕${index + 1}号`)
    expect([...numbers].sort()).toEqual([...wanted].sort())
    expect(unwrap(numbersOverview({ year: 2026 }, office.context))).toMatchObject({ used: 24, gaps: [], next: '滕督函〔2026〕25号' })
    expect(new Set(list(office.context, { limit: 100 }).items.map((one) => one.number)).size).toBe(24)
  })

  it('a failure at any step of the issue leaves neither a number nor half a letter', () => {
    const { context } = office
    putProposal(context, { id: 'card', measure: 'yellowCardInterview', matter: '综合考核', ruleId: 'R5' })
    const ids = unwrap(draftLetters({ proposalIds: ['card'] }, context)).letters.map((one) => one.id)
    unwrap(editLetter({ id: ids[0]!, draft: { ...get(context, ids[0]!).draft, card: { since: null, until: null, year: '2025', result: '不合格' } } }, context))
    unwrap(submitLetters({ ids }, context))
    unwrap(checkLetters({ ids, pass: true, note: null }, context))
    const before = [...context.store.dump()].join('')
    let failures = 0
    for (; ; failures += 1) {
      let left = failures
      const breaking = (work: (tx: WriteTx) => unknown) => (tx: WriteTx) =>
        work(new Proxy(tx, {
          get: (target, key) => (key !== 'put' ? Reflect.get(target, key) : (...args: Parameters<WriteTx['put']>) => {
            if (left === 0) throw new Error('power cut')
            left -= 1
            return target.put(...args)
          }),
        }))
      const store = { ...context.store, write: (action, work) => context.store.write(action, breaking(work) as typeof work) } as Store
      const broken: OpenContext = { ...context, store }
      try {
        expect(unwrap(issueLetters({ ids, date: day }, broken)).letters.map((one) => one.number)).toEqual(['滕督函〔2026〕1号', '滕督函〔2026〕2号'])
        break
      } catch (error) {
        expect((error as Error).message).toBe('power cut')
        expect([...context.store.dump()].join('')).toBe(before)
        expect(unwrap(numbersOverview({ year: 2026 }, context))).toMatchObject({ used: 0, next: '滕督函〔2026〕1号' })
        expect(list(context, { state: 'checked' }).total).toBe(2)
      }
    }
    // number, issue, card; number, issue.
    expect(failures).toBe(5)
  })

  it('空号说明 lists what no standing letter bears, with the reason', () => {
    unwrap(reserveNumbers({ year: 2026, from: 2, to: 3, reason: '年初纸质函件' }, office.context))
    unwrap(reserveNumbers({ year: 2026, from: 5, to: 5, reason: '补录' }, office.context))
    const letter = issued(office.context)
    unwrap(voidLetter({ id: letter.id, on: day, reason: '数据有误' }, office.context))
    const { file, count } = unwrap(numbersGapsFile({ year: 2026 }, office.context))
    expect(count).toBe(6)
    const rows = sheetText(unwrap(office.context.files.take(file)).bytes)
    for (const part of ['〔2026〕1号', '空号', '〔2026〕3号', '年初纸质函件', '〔2026〕6号', '已撤销', '数据有误']) expect(rows).toContain(part)
  })
})
