/** init, demo: new data folders. */
import { demoAccount } from '../../../shared/domain/demo.ts'
import { flag, needed, type Command } from './command.ts'

export const init: Command = {
  name: 'init',
  usage: 'init --organ 机关全称 --code 代字 [--unit 单位] [--account 姓名]',
  about: '新建数据文件夹和第一个账号（拥有全部角色），给出恢复码',
  details: ['密码取自环境变量 DUTYDESK_PASSWORD，没有时在终端里输入两次。', '恢复码和托管密钥只显示这一次：请抄写或打印后锁入保险柜。密码全部遗忘时靠恢复码打开数据；发证的机器坏了时靠托管密钥接着办。'],
  flags: { organ: { type: 'string' }, code: { type: 'string' }, unit: { type: 'string' }, account: { type: 'string' } },
  args: [0, 0],
  async run(terminal, _args, flags) {
    const [organ, code] = [needed(flags, 'organ'), needed(flags, 'code')]
    const value = await terminal.call('app.setup', { organ, code, unit: flag(flags, 'unit'), account: flag(flags, 'account') ?? '管理员', password: await terminal.newPassword() })
    terminal.say('数据文件夹已建立。恢复码和托管密钥只显示这一次，请抄写保存。')
    return { value }
  },
}

export const demo: Command = {
  name: 'demo',
  usage: 'demo --data 文件夹',
  about: '新建带有样例年度数据的演示文件夹（人名均为虚构）',
  details: [`演示账号 ${demoAccount.name}，密码 ${demoAccount.password}。`],
  args: [0, 0],
  async run(terminal, _args, flags) {
    needed(flags, 'data')
    const { job } = await terminal.call('app.demo', {})
    await terminal.finish(job)
    terminal.say(`演示数据已建立。账号 ${demoAccount.name}，密码 ${demoAccount.password}。`)
    return { value: { account: demoAccount.name, password: demoAccount.password } }
  },
}
