/** digest, verify, diagnose, dump, call, entries. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { decodeJson } from '../../../shared/contract/bytes.ts'
import { entries } from '../../../shared/contract/entries.ts'
import { compareDiagnoses, diagnosisSchema, type Diagnosis } from '../../../shared/merge/diagnosis.ts'
import { many, needed, Usage, type Command } from './command.ts'

export const digest: Command = {
  name: 'digest',
  usage: 'digest',
  about: '各范围的状态摘要：见过相同变更的机器，摘要相同',
  args: [0, 0],
  run: async (terminal) => ({ value: await terminal.call('store.digest', {}) }),
}

export const verify: Command = {
  name: 'verify',
  usage: 'verify',
  about: '核对全部数据：变更链、数据表、数据库完整性、附件；有问题时退出码为 1',
  args: [0, 0],
  async run(terminal) {
    const { job } = await terminal.call('verify.start', {})
    await terminal.finish(job)
    const value = await terminal.call('verify.result', { job })
    terminal.say(value.ok ? '核对完毕，没有问题。' : `核对发现 ${value.problems.length} 个问题。`)
    return { value, exitCode: value.ok ? 0 : 1 }
  },
}

export const diagnose: Command = {
  name: 'diagnose',
  usage: 'diagnose --out 文件.json [--scope 范围]… | diagnose 甲.json 乙.json',
  about: '诊断文件：两台机器记录相同、状态却不同时，各写一份，再比较两份差在哪些行；不同时退出码为 1',
  details: ['文件里只有编号和摘要，没有姓名和内容。--scope 写 digest 给出的范围，可写多个；不写时是提示过不一致的范围，没有提示过就是全部。', '比较不需要数据文件夹。rows 是不同的行（表、编号），notListed 是没有逐行列出的行数，vectors 是 different 时两边的记录还不一样，先互相导入再比。'],
  flags: { out: { type: 'string' }, scope: { type: 'string', multiple: true } },
  args: [0, 2],
  async run(terminal, paths, flags) {
    if (paths.length === 0) {
      const { job } = await terminal.call('exchange.diagnose', { out: resolve(needed(flags, 'out')), scopes: [...many(flags, 'scope')] })
      await terminal.finish(job)
      const { file: _, ...value } = await terminal.call('exchange.diagnoseResult', { job })
      terminal.say(`诊断文件已写好：${value.scopes} 个范围，逐行列出 ${value.rows} 行。`)
      return { value }
    }
    const [one, other] = paths
    if (one === undefined || other === undefined) throw new Usage('比较要写两份诊断文件')
    const value = compareDiagnoses(await readDiagnosis(one), await readDiagnosis(other))
    const differ = value.scopes.filter((scope) => scope.digests === 'different').length
    terminal.say(differ === 0 ? '两份诊断文件里共有的范围没有不同。' : `${differ} 个范围不同。`)
    return { value, exitCode: differ === 0 ? 0 : 1 }
  },
}

async function readDiagnosis(path: string): Promise<Diagnosis> {
  let raw: unknown
  try {
    raw = JSON.parse(await readFile(resolve(path), 'utf8'))
  } catch {
    throw new Usage(`读不出诊断文件：${path}`)
  }
  const read = diagnosisSchema.safeParse(raw)
  if (!read.success) throw new Usage(`不是诊断文件，或者是别的版本写的：${path}`)
  return read.data
}

export const dump: Command = {
  name: 'dump',
  usage: 'dump',
  about: '全部可见记录的规范 JSON，已排序，用于比较',
  args: [0, 0],
  run: async (terminal) => ({ value: await terminal.call('store.dump', {}) }),
}

export const call: Command = {
  name: 'call',
  usage: "call 入口 [JSON|-]",
  about: '调用接口清单里的任一入口；输入写成 JSON，“-” 表示从标准输入读',
  details: ['字节写成 {"$bytes":"<base64>"}。入口清单见 entries。启动的工作会等到结束。'],
  args: [1, 2],
  async run(terminal, [name = '', json = '{}']) {
    let input: unknown
    try {
      input = decodeJson(json === '-' ? await text(process.stdin) : json)
    } catch {
      throw new Usage('输入不是合格的 JSON')
    }
    const value = await terminal.callAny(name, input)
    // The thread of a job ends with this process: a job cut off half-way would be a surprise.
    if (typeof value === 'object' && value !== null && 'job' in value && typeof value.job === 'string') await terminal.finish(value.job)
    return { value }
  },
}

export const listEntries: Command = {
  name: 'entries',
  usage: 'entries',
  about: '列出全部入口和所需角色',
  args: [0, 0],
  run: () => Promise.resolve({ value: { entries: [...entries.values()].map(({ name, access }) => ({ name, access })) } }),
}
