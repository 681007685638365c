import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pinyinIndex } from '../../../electron/store/derive/pinyin.ts'
import { tableList } from '../../../electron/store/registers.ts'
import { openDatabase } from '../../../electron/store/open.ts'
import type { Store } from '../../../electron/store/store.ts'
import type { DataFolder } from '../../../electron/store/data-folder.ts'
import { gramQuery } from '../../../shared/text/grams.ts'
import { again, author, clean, newFolder, reportValue, twin, unitValue } from '../../host/store.ts'

let folder: DataFolder
let store: Store
let template: DataFolder
beforeAll(async () => {
  template = await newFolder()
  template.store.close()
})
beforeEach(() => {
  folder = twin(template, 'projection')
  ;({ store } = folder)
})
afterEach(() => store.close())
afterAll(clean)
const write = { kind: 'test.write', author }
const official = (name: string) => ({ name, gender: null, birth: null })
const found = (words: string): string[] =>
  store.read((db) => db.all<{ id: string }>('SELECT r.id FROM report_text AS f JOIN report AS r ON r.no = f.rowid WHERE report_text MATCH ? ORDER BY r.id', [gramQuery(words)!])).map((row) => row.id)

test('nothing but the id constrains what comes from elsewhere: a constraint would abort an import', () => {
  for (const { name } of tableList) {
    const { sql } = store.read((db) => db.get<{ sql: string }>('SELECT sql FROM sqlite_schema WHERE name = ?', [name]))!
    expect([name, sql.match(/\b(?:UNIQUE|CHECK|REFERENCES|FOREIGN|COLLATE)\b/g), /"id" TEXT NOT NULL UNIQUE/.test(sql)]).toEqual([name, ['UNIQUE'], true])
    const unique = store.read((db) => db.all<{ name: string }>('SELECT c.name FROM pragma_index_list(?) AS i JOIN pragma_index_info(i.name) AS c WHERE i."unique" = 1', [name]))
    expect([name, unique]).toEqual([name, [{ name: 'id' }]])
  }
})

describe('search text of reports', () => {
  beforeEach(() => {
    store.write(write, (tx) => {
      tx.put('unit', 'u1', 'identity', unitValue('荆河街道'))
      tx.put('official', 'o1', 'identity', official('张建国'))
      tx.put('report', 'r1', 'content', { ...reportValue('锂电产业园', { progress: '主体封顶', target: 3, dueOn: '2026-06-30' }), unitId: 'u1', officialId: 'o1', remark: '进展顺利' })
      tx.put('report', 'r2', 'content', reportValue('湿地公园', { problem: '资金未到位' }))
    })
  })

  test('finds unit, official, item, remark and the texts among the figures; two characters are enough', () => {
    expect([found('荆河'), found('建国'), found('锂电'), found('顺利'), found('封顶'), found('资金'), found('2026-06-30')]).toEqual([['r1'], ['r1'], ['r1'], ['r1'], ['r1'], ['r2'], []])
  })

  test('follows edits, removals and other names', () => {
    store.write(write, (tx) => {
      tx.put('report', 'r2', 'content', reportValue('植物园'))
      tx.put('unit', 'u1', 'identity', unitValue('级索镇'))
    })
    expect([found('湿地'), found('植物'), found('荆河'), found('级索')]).toEqual([[], ['r2'], [], ['r1']])
    store.write(write, (tx) => tx.remove('report', 'r1'))
    expect(found('级索')).toEqual([])
    expect(store.verify().problems).toEqual([])
  })
})

describe('derived columns', () => {
  test('pinyin: surname reading first, every reading, full and initials', () => {
    expect(pinyinIndex('单乐', true).split(' ').slice(0, 1)).toEqual(['shanle'])
    expect(pinyinIndex('单乐', true).split(' ')).toEqual(expect.arrayContaining(['danyue', 'sl', 'dy']))
    expect(pinyinIndex('吕 绿A1', true).split(' ')).toContain('lvlva1')
    expect(pinyinIndex('·', true)).toBe('')
    store.write(write, (tx) => {
      tx.put('official', 'o1', 'identity', official('曾志'))
      tx.put('unit', 'u1', 'identity', unitValue('重点办'))
    })
    const pinyin = (table: string) => store.read((db) => db.get<{ pinyin: string }>(`SELECT pinyin FROM ${table}`))!.pinyin.split(' ')
    const tokens = store.read((db) => db.all<{ token: string }>('SELECT token FROM official_token')).map((row) => row.token)
    expect(tokens).toEqual(expect.arrayContaining(['zengzhi', 'cengzhi', 'zz']))
    expect(pinyin('unit')).toEqual(expect.arrayContaining(['zhongdianban', 'zdb']))
  })

  test('the state and due day of a letter follow its child rows, and go back when they are removed', () => {
    const letter = () => store.read((db) => db.get('SELECT state, sortDue FROM letter WHERE id = ?', ['l1']))
    store.write(write, (tx) => {
      tx.put('letter', 'l1', 'draft', { type: 'reminder', unitId: null, officialId: null, matter: '招商引资', cause: null, content: {}, proposalIds: [], draftedBy: null, stepReason: null, earlierLetterId: null, replyDays: 15 } as never)
      tx.put('letter', 'l1', 'issue', { number: '滕督函〔2026〕1号', series: '滕督函', year: 2026, seq: 1, issuedOn: '2026-07-01', issuedBy: author, frozen: null, template: null } as never)
    })
    expect(letter()).toMatchObject({ state: 'issued', sortDue: '9999-12-31' })
    store.write(write, (tx) => {
      tx.put('delivery', 'd1', 'fact', { letterId: 'l1', deliveredAt: '2026-07-02T09:00', receiver: null, relation: null, method: null, place: null, server: null, note: null })
      expect(tx.get('SELECT state FROM letter')).toEqual({ state: 'awaiting' })
      tx.put('letter', 'l1', 'due', { replyDue: '2026-07-23', replyDueBasis: null })
    })
    expect(letter()).toMatchObject({ state: 'awaiting', sortDue: '2026-07-23' })
    store.write(write, (tx) => tx.put('extension', 'e1', 'fact', { letterId: 'l1', askedOn: '2026-07-20', newDue: '2026-08-03', reason: null, approvedBy: '局长' }))
    expect(letter()).toMatchObject({ sortDue: '2026-08-03' })
    store.write(write, (tx) => tx.remove('delivery', 'd1'))
    expect(letter()).toMatchObject({ state: 'issued' })
    expect(store.verify().problems).toEqual([])
  })
})

describe('rebuild and verify', () => {
  const raw = (sql: string): void => {
    store.close()
    const db = openDatabase(join(folder.dir, 'dutydesk.db'), folder.key)
    db.exec(sql)
    db.close()
    folder = again(folder)
    ;({ store } = folder)
  }
  beforeEach(() => {
    for (const name of ['甲', '乙', '丙']) store.write(write, (tx) => tx.put('unit', 'u1', 'identity', unitValue(name), 'u1'))
    store.write(write, (tx) => tx.put('report', 'r1', 'content', reportValue('项目', { target: 12.5 }), 'u1'))
  })

  test('a rebuilt projection is the kept one', () => {
    const before = [[...store.dump()].join(''), store.digest()]
    store.rebuildProjection()
    expect([[...store.dump()].join(''), store.digest()]).toEqual(before)
    expect(store.verify().problems).toEqual([])
    expect(readdirSync(folder.dir).filter((name) => name.includes('.part'))).toEqual([])
  })

  test.each([
    [`UPDATE unit SET name = '丁'`, 'projection differs: unit'],
    [`DELETE FROM report`, 'projection differs: report'],
    [`UPDATE unit SET pinyin = 'x'`, 'projection differs: unit'],
    ['UPDATE reg_write SET live = 1', 'projection differs: reg_write'],
    [`DELETE FROM action WHERE kind = 'test.write'`, 'projection differs: action'],
    ['DELETE FROM report_text', 'projection differs: report_text'],
  ])('verify finds %s, and a rebuild mends it', (sql, problem) => {
    raw(sql)
    expect(store.verify().problems.join('\n')).toContain(problem)
    store.rebuildProjection()
    expect(store.verify().problems).toEqual([])
  })

  test.each([
    [`UPDATE change SET author = 'x' WHERE n = 3`, 'id does not fit'],
    [`UPDATE change SET body = (SELECT body FROM change WHERE n = 2) WHERE n = 3`, 'body hash does not fit'],
    [`UPDATE change SET body = x'00' WHERE n = 3`, 'database: body'],
    ['DELETE FROM change WHERE n = 3', 'chain broken'],
    ['DELETE FROM change WHERE n = 5', 'the end of a lane is missing'],
  ])('verify finds %s in the log', (sql, problem) => {
    raw(sql)
    expect(store.verify().problems.join('\n')).toContain(problem)
  })

  test('verify misses no attachment', () => {
    const sha256 = store.blobs.put(Buffer.from('扫描件'))
    const put = (hash: string) => store.write(write, (tx) => tx.put('attachment', 'a1', 'fact', { ownerId: 'r1', fileName: '说明.pdf', mime: 'application/pdf', size: 9, sha256: hash } as never))
    put(sha256)
    expect(store.verify().problems).toEqual([])
    put('0'.repeat(64))
    expect(store.verify().problems).toEqual([`blob ${'0'.repeat(64)}: ATTACHMENT_MISSING`])
  })

  test('a blanked body leaves the chain whole', () => {
    raw('UPDATE change SET body = NULL WHERE n = 2')
    expect(store.verify().problems.filter((one) => !one.startsWith('projection differs'))).toEqual([])
  })
})
