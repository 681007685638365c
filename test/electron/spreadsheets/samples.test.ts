import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { readWorkbook } from '../../../electron/spreadsheets/read.ts'
import { libraryView, plain } from './workbooks.ts'

const folder = fileURLToPath(new URL('../../fixtures/sample/', import.meta.url))
const names = readdirSync(folder).filter((name) => /\.(?:xlsx?|csv)$/.test(name)).sort()

describe('the sample year', () => {
  it.each(names.filter((name) => !name.endsWith('.csv')))('%s reads cell by cell as the library reads it', (name) => {
    const bytes = readFileSync(folder + name)
    const book = readWorkbook(bytes, name)
    expect(plain(book.sheets)).toEqual(plain(libraryView(bytes)))
    expect(book.format).toBe(name.endsWith('.xls') ? 'xls' : 'xlsx')
    expect(book.sheets[0]?.rows.length).toBeGreaterThan(3)
  })

  it('reads the .csv files in both encodings with the lines as row numbers', () => {
    const gbk = readWorkbook(readFileSync(`${folder}05-招商3月-GBK.csv`), '05.csv')
    const utf8 = readWorkbook(readFileSync(`${folder}07-招商5月-UTF8.csv`), '07.csv')
    for (const book of [gbk, utf8]) {
      const header = book.sheets[0]?.rows.find(({ cells }) => cells.some((cell) => cell?.type === 'text' && cell.text === '镇街'))
      expect(header?.cells.length).toBe(12)
      expect(book.sheets[0]?.name).toBeNull()
    }
    const lines = new TextDecoder('gb18030').decode(readFileSync(`${folder}05-招商3月-GBK.csv`)).split('\r\n')
    for (const { row, cells } of gbk.sheets[0]?.rows ?? []) {
      const first = cells.find((cell) => cell !== undefined)
      expect(first?.type === 'text' && lines[row - 1]?.includes(first.text)).toBe(true)
    }
  })

  it('keeps a hidden row, its flag, percent formats and merged cells', () => {
    const rows = names.filter((name) => /^0[3-9].*xlsx?$/.test(name)).flatMap((name) => readWorkbook(readFileSync(folder + name), name).sheets[0]?.rows ?? [])
    expect(rows.some((row) => row.hidden === true && row.cells.length > 3)).toBe(true)
    expect(rows.some((row) => row.cells.some((cell) => cell?.type === 'number' && cell.percent === true))).toBe(true)
  })

  it('reads in a worker thread, row by row', async () => {
    const script = `
      const { parentPort, workerData } = require('node:worker_threads')
      import(workerData.module).then(({ readRows }) => {
        const rows = []
        const format = readRows(workerData.bytes, 'a', {}, { sheet: () => {}, row: ({ row }) => rows.push(row) })
        parentPort.postMessage({ format, rows })
      })`
    const bytes = readFileSync(folder + names[0])
    const module = new URL('../../../electron/spreadsheets/read.ts', import.meta.url).href
    const worker = new Worker(script, { eval: true, workerData: { bytes: new Uint8Array(bytes), module } })
    const answer = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
    await worker.terminate()
    expect(answer).toEqual({ format: 'xlsx', rows: readWorkbook(bytes, 'a').sheets[0]?.rows.map(({ row }) => row) })
  })
})
