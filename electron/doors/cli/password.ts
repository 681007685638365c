/** The password: from DUTYDESK_PASSWORD, or typed without being shown. Never from an argument, which other users of the machine could read. */
import { Usage } from './command.ts'

export async function readPassword(prompt: string): Promise<string> {
  const given = process.env.DUTYDESK_PASSWORD
  if (given !== undefined) return given
  if (!process.stdin.isTTY) throw new Usage('没有密码：请设置环境变量 DUTYDESK_PASSWORD，或在终端里直接运行')
  return typeHidden(prompt)
}

/** Typed twice, so that a slip does not lock the office out. */
export async function readNewPassword(): Promise<string> {
  if (process.env.DUTYDESK_PASSWORD !== undefined || !process.stdin.isTTY) return readPassword('')
  const first = await typeHidden('新密码：')
  if ((await typeHidden('再输一次：')) !== first) throw new Usage('两次输入的密码不一样')
  return first
}

function typeHidden(prompt: string): Promise<string> {
  const { stdin, stderr } = process
  stderr.write(prompt)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.resume()
  return new Promise((resolve, reject) => {
    let typed = ''
    const end = (act: () => void): void => {
      stdin.off('data', onData)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
      act()
    }
    const onData = (text: string): void => {
      for (const char of text) {
        if (char === '\r' || char === '\n') return end(() => resolve(typed))
        if (char === '\u0003' || char === '\u0004') return end(() => reject(new Usage('已取消')))
        typed = char === '\u007F' || char === '\b' ? [...typed].slice(0, -1).join('') : typed + char
      }
    }
    stdin.on('data', onData)
  })
}
