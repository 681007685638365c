/** Every paper and case that the ruler measures, laid out on a given page. */
import { compensatedPage, nominalPage } from '../../shared/letter/geometry.ts'
import type { PageGeometry } from '../../shared/letter/geometry.ts'
import type { LetterContent } from '../../shared/letter/content.ts'
import type { BodyBlock, LayoutBlock, LetterLayout } from '../../shared/letter/layout-types.ts'
import { layoutLetter } from '../../shared/letter/layout.ts'
import { bodyLines } from '../../shared/letter/lines.ts'
import { layoutDutyFile } from '../../shared/letter/papers/duty-file.ts'
import { layoutMinutes } from '../../shared/letter/papers/minutes.ts'
import { layoutMonthly } from '../../shared/letter/papers/monthly.ts'
import { layoutReceipt } from '../../shared/letter/papers/receipt.ts'
import { layoutRegister } from '../../shared/letter/papers/register.ts'
import { layoutStatementForm } from '../../shared/letter/papers/statement.ts'
import { placeLayout } from '../../shared/letter/place.ts'
import { exactPage, letterCases } from './letters.ts'

export type PrintCase = { readonly name: string; readonly paper: 'letter' | 'general' | 'form' | 'register'; readonly layout: LetterLayout; readonly sealed: boolean; /** The school that reads the 225 mm as ink. */ readonly byInk?: boolean; /** Its second page is full of closed shapes. */ readonly grid?: boolean }

export function letterCase(name: string, content: LetterContent, page: PageGeometry = nominalPage): PrintCase {
  return { name, paper: content.type === 'yellowCard' ? 'general' : 'letter', layout: layoutLetter(content, { page }), sealed: content.sealed, byInk: page.frame.boxesBelow > 0, grid: name.startsWith('three-pages') }
}

/** The longest fact with which the letter still ends on its first page, and one line more. */
function edgeCases(page: PageGeometry): readonly PrintCase[] {
  const fits = (count: number) => placeLayout(layoutLetter(exactPage('国'.repeat(count)), { page })).length === 1
  let count = 1
  while (count < 400 && fits(count + 1)) count += 1
  return [letterCase('one-page', exactPage('国'.repeat(count)), page), letterCase('one-line-over', exactPage('国'.repeat(count + 1)), page)]
}

/** A letter whose body is one paragraph of three lines, and nothing of the frame is left out. */
function threeLines(page: PageGeometry): PrintCase {
  const one = letterCase('body-3-lines', exactPage('短'), page)
  const body: BodyBlock = { role: 'body', level: 0, runs: [{ text: '国一'.repeat(39), font: 'body' }], keepNext: true, indent: true }
  const first = one.layout.blocks.findIndex((block) => block.role === 'body')
  const blocks = one.layout.blocks.flatMap((block, i): readonly LayoutBlock[] => (block.role !== 'body' ? [block] : i === first ? [body] : []))
  if (bodyLines(page, body).length !== 3) throw new Error('the body is not three lines')
  return { ...one, layout: { ...one.layout, blocks } }
}

/** The same papers on the page of the other school. */
function byInk(): readonly PrintCase[] {
  return ['reminder', 'yellowCard', 'unsealed', 'copies', 'three-pages'].map((name) => {
    const content = letterCases[name]
    if (!content) throw new Error(`no case ${name}`)
    return letterCase(`${name}-ink`, content, compensatedPage)
  })
}

const organ = { mark: '滕州市人民政府办公室', sign: '滕州市人民政府办公室' }

export function monthlyCase(page: PageGeometry = nominalPage): PrintCase {
  const towns = ['荆河街道', '龙泉街道', '级索镇', '羊庄镇', '木石镇', '鲍沟镇', '张汪镇', '官桥镇', '柴胡店镇', '西岗镇', '滨湖镇', '大坞镇']
  return {
    name: 'monthly', paper: 'general', sealed: true,
    layout: layoutMonthly({
      organ, number: '滕督发〔2026〕6号', period: '2026-06', to: null, date: '2026-07-08', sealed: true, copyTo: ['市委常委，市政府副市长', '市纪委监委机关'],
      sections: [
        {
          heading: '招商引资工作', paragraphs: ['6月份，全市新签约项目12个，新开工项目5个，到位资金3.2亿元。其中荆河街道、龙泉街道进展较快；级索镇连续3个月没有新的签约、开工项目和到位资金。'],
          table: {
            caption: '招商引资工作情况',
            columns: [{ name: '单位', share: 30, align: 'left' }, { name: '签约项目（个）', share: 23, align: 'right' }, { name: '开工项目（个）', share: 23, align: 'right' }, { name: '到位资金（万元）', share: 24, align: 'right' }],
            rows: towns.map((town, i) => [town, `${12 - i}`, `${6 - Math.floor(i / 2)}`, `${24_000 - i * 1850}`]),
          },
        },
        { heading: '函件和书面说明', paragraphs: ['6月份共发出提醒函3件、督办函2件，收到书面说明4件，均按时报送。对超期未报的1件，已约谈有关责任人。'], table: null },
      ],
    }, page),
  }
}

function forms(page: PageGeometry): readonly PrintCase[] {
  const form = (name: string, layout: LetterLayout): PrintCase => ({ name, paper: 'form', layout, sealed: false })
  return [
    form('receipt', layoutReceipt({
      paper: '关于招商引资工作有关情况的提醒函', number: '滕督函〔2026〕12号', sender: organ.sign, addressee: '级索镇镇长欧阳㛃娜同志', time: '2026-07-09T15:05', place: '级索镇机关', method: '直接送达', receiver: '南宫某',
      relation: '同事', server: '东方某', remarks: '当面签收',
    }, page)),
    form('statement', layoutStatementForm({ letterTitle: '关于招商引资工作有关情况的提醒函', number: '滕督函〔2026〕12号', name: '欧阳㛃娜', unit: '级索镇', post: '镇长', due: '2026-07-31' }, page)),
    form('minutes', layoutMinutes({
      number: '滕督函〔2026〕14号', from: '2026-07-15T09:30', to: '2026-07-15T10:20', place: '市政府3号楼二楼会议室', person: '欧阳㛃娜', unit: '级索镇', post: '党委副书记、镇长', talkers: ['上官某', '徐某'], recorder: '东方某',
      cause: '招商引资工作有关情况',
      content: Array.from({ length: 8 }, (_, i) => ({ by: i % 2 === 0 ? 'talker' as const : 'person' as const, text: '请说明4月至6月招商引资工作的有关情况、主要原因和下步改进措施，并说明明确到人的责任分工和完成时限。' })),
      account: ['对通报所列数据没有异议；两个在谈项目预计8月签约。'], pledge: ['7月底前完成2个项目签约，9月底前开工1个项目。'],
    }, page)),
    form('dutyFile', layoutDutyFile({
      organ: organ.sign, asOf: '2026-07-20', person: { name: '欧阳㛃娜', gender: '女', birth: '1985年3月', unit: '级索镇', post: '党委副书记、镇长', portfolio: '主持镇政府全面工作，负责招商引资、重点项目' },
      sections: {
        posts: [['2024年2月至今', '级索镇', '党委副书记、镇长', '主持镇政府全面工作'], ['2020年6月至2024年2月', '市发展和改革局', '副局长', '重点项目']],
        results: Array.from({ length: 30 }, (_, i) => [`2026年${(i % 6) + 1}月`, '招商引资', `签约项目${i + 1}个，到位资金${1200 + i * 10}万元`, '市招商促进中心通报'] as const),
        awards: [['2025年2月', '全市双招双引先进个人', '中共滕州市委', '滕委〔2025〕7号']],
        letters: [['2026年7月8日', '滕督函〔2026〕12号', '招商引资工作', '按时报送，认可']], interviews: [], cards: [],
      },
    }, page)),
  ]
}

export function registerCase(paper: 'A4' | 'A3'): PrintCase {
  return {
    name: `register-${paper}`, paper: 'register', sealed: false,
    layout: layoutRegister({
      organ: organ.sign, year: '2026', rows: Array.from({ length: 60 }, (_, i) => ({
        number: `滕督函〔2026〕${i + 1}号`, type: i % 3 === 0 ? '约谈通知书' : '提醒函', unit: '级索镇', name: i % 2 === 0 ? '王伟' : '欧阳㛃娜', post: '镇长', matter: '招商引资工作没有实质进展', issuer: '南宫某',
        issuedOn: '2026-07-08', deliveredOn: '2026-07-09', dueOn: '2026-07-31', repliedOn: i % 2 === 0 ? '2026-07-30' : null, overdueDays: i % 2, conclusion: i % 2 === 0 ? '认可' : null, closedOn: null, remark: null,
      })),
    }, paper),
  }
}

/** All of them: the fixed set of `npm run check:print`. */
export function allCases(page: PageGeometry = nominalPage): readonly PrintCase[] {
  const letters = Object.entries(letterCases).map(([name, content]) => letterCase(name, content, page))
  return [...letters, ...edgeCases(page), threeLines(page), ...(page === nominalPage ? byInk() : []), monthlyCase(page), ...forms(page), registerCase('A4'), registerCase('A3')]
}
