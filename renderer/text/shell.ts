/** Words of the frame: navigation, header, first run, log-in. */
export const shellText = {
  nav: { today: '今日', bulletins: '通报', proposals: '拟办', letters: '函件', officials: '干部', units: '单位', exchange: '交换', settings: '设置' },
  navLabel: '主导航', exchangeRunning: '正在交换', importRunning: (n: number) => `正在处理通报，还有 ${n} 个文件`, demoBanner: '示例数据，人名均为虚构', lock: '锁定', account: '账号', changePassword: '修改密码', theme: '界面明暗', themeSystem: '跟随系统', themeLight: '浅色', themeDark: '深色', skip: '跳到正文', noBridge: '程序没有连接上后台，请重新启动督查台。',
  passwordTitle: '修改密码', oldPassword: '原密码', newPassword: '新密码', newPasswordAgain: '再输一遍新密码', passwordChanged: '密码已修改', mismatch: '两次输入的密码不一样',
}

export const startText = {
  title: '建立数据', intro: '第一次使用，请填写发文机关。以后可在「设置」里修改。', organ: '机关全称', organPlaceholder: '如：中共滕州市委办公室', code: '发文代字', codePlaceholder: '如：滕督函', codePreview: '函件编号样式', unit: '承办单位', unitPlaceholder: '如：市委督查室（可不填）', account: '您的姓名',
  accountHint: '第一个账号，拥有全部权限。', password: '密码', passwordHint: '至少 8 位，不要用生日、电话。', passwordAgain: '再输一遍密码', mismatch: '两次输入的密码不一样', create: '建立数据', demoTitle: '先看一看', demoBody: '用一套虚构的数据试用：16 份通报，21 个镇街，人名均为虚构。', demo: '试用示例数据', demoRunning: '正在建立示例数据',
  escrowBody: '下面是本组的托管密钥，也只显示这一次，请与恢复码一起打印锁存。发证的机器坏了时，凭它可在另一台机器上接着登记新机器；任何交换包和备份也都能用它打开，切勿外传。',
  recoveryTitle: '恢复码', recoveryBody: '数据已加密。忘记密码时，只有这一串恢复码能打开数据，程序和厂家都无法找回。请打印或抄写，放进保险柜。', recoveryFor: (organ: string, code: string) => `${organ}　${code}`, print: '打印', confirmLabel: '请输入恢复码的最后一组，确认已经抄好', confirmWrong: '与恢复码的最后一组不一致', enter: '开始使用', required: '请填写', shortPassword: '至少 8 位',
}

export const loginText = {
  title: '登录', lockedTitle: '已锁定', lockedBody: '页面上未保存的内容还在，登录后继续。', account: '账号', password: '密码', login: '登录', forgot: '忘记密码', recoverTitle: '用恢复码重设密码', recoveryCode: '恢复码', newPassword: '新密码', again: '再输一遍新密码', mismatch: '两次输入的密码不一样', recover: '重设并登录', back: '返回登录', noAccounts: '没有可用的账号',
  otherAccount: '换一个账号登录会离开当前页面，未保存的内容不保留。', demoPassword: (password: string) => `密码 ${password}`, opening: '正在打开数据…',
}
