/** A county larger than any: 100 units with 1,000 officials each, and the workbooks that tell of them. All names are invented. */
import { utils, write } from '@e965/xlsx'

export const unitCount = 100
export const officialsPerUnit = 1_000

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦']
const given = [...'建国志强海波晓东文静玉兰春梅俊杰浩然子涵雨欣宏伟立新明亮振华永康德胜学军']

export function unitName(unit: number): string {
  return `第${unit + 1}街道办事处`
}

/** Distinct within a unit; the same name comes again in others. */
export function officialName(unit: number, official: number): string {
  const place = official * 37 + unit * 101
  return `${surnames[place % surnames.length]}${given[Math.floor(place / surnames.length) % given.length]}${given[(official + unit) % given.length]}`
}

type Cell = string | number

function book(name: string, lines: readonly (readonly Cell[])[]): Uint8Array {
  const sheet = utils.aoa_to_sheet(lines as Cell[][], { dense: true })
  return write(utils.book_new(sheet, name), { type: 'buffer', bookType: 'xlsx', bookSST: true, compression: true }) as Uint8Array
}

export function unitsWorkbook(): Uint8Array {
  return book('单位名册', [['序号', '单位名称', '简称', '类别', '别名'], ...Array.from({ length: unitCount }, (_, unit) => [unit + 1, unitName(unit), `第${unit + 1}街道`, '镇街', ''])])
}

export function officialsWorkbook(perUnit: number = officialsPerUnit): Uint8Array {
  const lines: Cell[][] = [['序号', '姓名', '性别', '出生年月', '单位', '职务', '职级', '分管工作', '是否主要负责人', '任现职时间', '联系电话']]
  for (let unit = 0; unit < unitCount; unit += 1) {
    for (let official = 0; official < perUnit; official += 1) {
      const birth = `19${70 + (official % 25)}.${String((official % 12) + 1).padStart(2, '0')}`
      lines.push([lines.length, officialName(unit, official), official % 3 === 0 ? '女' : '男', birth, unitName(unit), official === 0 ? '党工委书记' : '副主任', '', '招商引资', official === 0 ? '是' : '否', '2021.03', ''])
    }
  }
  return book('干部名册', lines)
}

/** One row an official, 12 columns, texts in a shared table as Excel writes them. */
export function investmentWorkbook(perUnit: number = officialsPerUnit, month: number = 6): Uint8Array {
  const lines: Cell[][] = [
    [`2026年${month}月份全市双招双引工作情况通报`], ['单位:亿元'],
    ['序号', '镇街', '责任领导', '全年任务(个)', '在谈项目', '签约项目', '签约额', '开工项目', '到位资金', '完成率(%)', '位次', '备注'],
  ]
  let i = 0
  for (let official = 0; official < perUnit; official += 1) {
    for (let unit = 0; unit < unitCount; unit += 1) {
      i += 1
      const figures = [8 + (i % 5), i % 7, i % 6, ((i * 37) % 9_000) / 100, i % 4, ((i * 53) % 70_000) / 10_000, ((i * 7) % 1_000) / 10]
      lines.push([i, `第${unit + 1}街道`, officialName(unit, official), ...figures, (i % 21) + 1, i % 3 === 0 ? `第${i}项已签约，正在办理用地手续` : ''])
    }
  }
  return book('招商引资', lines)
}
