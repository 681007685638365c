import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../../shared/errors.ts'
import { errorSentence } from '../../../shared/text/errors.ts'

describe('errorSentence', () => {
  it('has a whole Chinese sentence for every code, also without params', () => {
    const seen = new Set<string>()
    for (const code of errorCodes) {
      const sentence = errorSentence({ code, params: {} })
      expect([code, sentence]).toEqual([code, expect.stringMatching(/^[\u4E00-\u9FFF“].{6,}。$/s)])
      expect([code, /undefined|null|\[object|NaN|、。|，。|请请|[A-Z]{3,}_/.test(sentence)]).toEqual([code, false])
      seen.add(sentence)
    }
    expect(seen.size).toBe(errorCodes.length)
  })

  it('names what the params tell', () => {
    expect(errorSentence({ code: 'TOO_MANY_TRIES', params: { seconds: 40 } })).toContain('40秒')
    expect(errorSentence({ code: 'DATA_NEWER', params: { found: 90, supported: 10 } })).toBe('数据由更新版本的程序写成（数据版本90，本程序支持到10）。请安装新版本后再打开，数据没有改动。')
    expect(errorSentence({ code: 'BAD_INPUT', params: { entry: 'letters.edit', fields: ['draft.facts.0.text', 'id'] } })).toBe('事实没有填对，请修改后再试。')
    expect(errorSentence({ code: 'HEADER_NOT_FOUND', params: { missing: ['单位', '姓名'] } })).toContain('缺少：单位、姓名')
    expect(errorSentence({ code: 'LETTER_STATE', params: { state: 'closed' } })).toBe('函件现在的状态是“已销号”，不能做这一步。请刷新后查看。')
    expect(errorSentence({ code: 'FILE_TOO_LARGE', params: { file: 'a.xlsx', limitMb: 64 } })).toMatch(/^“a\.xlsx”太大，最多64 MB/)
  })

  it('says which kinds and periods a workbook may be, and does not send to reasons of rows that are not there', () => {
    expect(errorSentence({ code: 'KIND_AMBIGUOUS', params: { file: 'a.xlsx', kinds: ['investment', 'tasks'] } })).toBe('“a.xlsx”可能是招商引资、督查事项。请手工选择类别。')
    expect(errorSentence({ code: 'PERIOD_UNKNOWN', params: { kind: 'investment', found: ['2026-06', '2026-07'] } })).toBe('这份通报里有几期：2026年6月、2026年7月。请指定其中一期，再分期导入。')
    expect(errorSentence({ code: 'PERIOD_UNKNOWN', params: { kind: 'investment', found: ['2025'] } })).toContain('期别“2025年度”不合这类通报')
    expect(errorSentence({ code: 'PERIOD_UNKNOWN', params: { kind: 'investment', found: [] } })).toContain('认不出')
    expect(errorSentence({ code: 'IMPORT_NOTHING', params: { file: 'a.xlsx' } })).toContain('表头下面没有数据')
    expect(errorSentence({ code: 'NOT_FOUND', params: { what: 'file', file: 'a.xlsx' } })).toBe('找不到“a.xlsx”。请检查文件的位置和名称。')
  })

  it('ends with the number of the log line where there is one', () => {
    expect(errorSentence({ code: 'INTERNAL', params: {}, ref: 'ab12' })).toMatch(/（编号 ab12）$/)
  })

  it('speaks of Word for a template, of a spreadsheet for a workbook', () => {
    for (const code of ['FILE_TOO_LARGE', 'FILE_DAMAGED', 'FILE_ENCRYPTED', 'FILE_MACRO', 'FILE_BOMB', 'FILE_WRONG_KIND'] as const) {
      const [template, workbook] = ['提醒函.docx', '通报.xlsx'].map((file) => errorSentence({ code, params: { file } }))
      expect(template).toContain('提醒函.docx')
      expect(template).not.toMatch(/表格软件|工作簿|工作表|报送单位|导入/u)
      expect(workbook).not.toContain('Word')
    }
  })
})
