/** What a person is told that a package brings: rows by table, and the numbers of the letters that it issues. */
import { afterEach, expect, test } from 'vitest'
import { firstOffice, nextOffice, put, take } from '../../../host/exchange-office.ts'
import { author, clean, reportValue, unitValue } from '../../../host/store.ts'

afterEach(clean)

const issued = (number: string | null) => ({ number, series: '某督函', year: 2026, seq: 1, issuedOn: '2026-07-01', issuedBy: author, frozen: null, template: null })

test('each row once however often it is written, each number once; alone and with a second thread', async () => {
  const a = await firstOffice('甲机')
  const offices = [await nextOffice(a, '乙机'), await nextOffice(a, '丙机')]
  const first = await put(a)
  for (const office of offices) await take(office, first)
  const { store } = a.folder
  store.write({ kind: 'test.write', author }, (tx) => {
    for (const letter of ['l1', 'l2']) tx.put('letter', letter, 'issue', issued(`某督函〔2026〕${letter}号`))
    tx.put('letter', 'l3', 'issue', issued(null))
    tx.put('unit', 'u1', 'identity', unitValue('甲镇'))
    tx.put('report', tx.newId(), 'content', reportValue('事项'))
  })
  store.write({ kind: 'test.write', author }, (tx) => {
    tx.put('letter', 'l1', 'check', { checkState: 'passed', checkedBy: author, checkNote: null })
    tx.put('unit', 'u1', 'names', { shortName: '甲', aliases: [], orderNo: null })
  })
  const path = await put(a)
  for (const office of offices) expect(await take(office, path)).toMatchObject({ rows: { letter: 3, unit: 1, report: 1 }, numbers: ['某督函〔2026〕l1号', '某督函〔2026〕l2号'], numbersTotal: 2 })
})
