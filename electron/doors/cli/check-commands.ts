/** digest, verify, dump, call, entries. */
import { text } from 'node:stream/consumers'
import { decodeJson } from '../../../shared/contract/bytes.ts'
import { entries } from '../../../shared/contract/entries.ts'
import { Usage, type Command } from './command.ts'

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
