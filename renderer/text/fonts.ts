/** Words of 字体: what the papers are set in, what is missing, and what a clerk can do about it. */
export const fontText = {
  intro: 'GB/T 9704 规定的字体有版权，本程序不附带，用本机装好的。', word: '存出的 Word 文件里写的是标准字体名：拿到装有这些字体的电脑上打开、打印，就是标准字样。', restart: '字体装好以后，重新启动督查台再看这里。',
  use: '用处', wanted: '标准字体', state: '本机', now: '打印用', help: '怎么办', ready: '已安装', standIn: '有代用', missing: '未安装', also: (names: string) => `可代用：${names}`, nothing: '由系统自选，字形与标准不符', allReady: '标准字体都已安装。', someMissing: (n: number) => `${n} 处没有合用的字体：请先不要在这台电脑上打印正式函件。`, someStandIn: (n: number) => `${n} 处用的是代用字体，可以打印；要求严格的，按“怎么办”装上标准字体。`,
  roles: { mark: '发文机关标志', title: '标题', body: '正文、署名、日期', heading1: '一级标题（一、）', heading2: '二级标题（（一））', pageNumber: '页码', latin: '数字、字母' } as const,
  helps: {
    mark: '方正小标宋须有授权，请单位信息化人员安装；华文中宋随 Office 安装。', title: '方正小标宋须有授权，请单位信息化人员安装；华文中宋随 Office 安装。', body: '仿宋_GB2312 请单位信息化人员安装；仿宋见下面的说明。', heading1: '见下面的说明。', heading2: '楷体_GB2312 请单位信息化人员安装；楷体见下面的说明。', pageNumber: '宋体随 Windows 安装。', latin: 'Times New Roman 随 Windows 安装；统信、麒麟系统请信息化人员安装。',
  } as const,
  windows: '仿宋、楷体、黑体是 Windows 的“可选功能”：设置 → 应用 → 可选功能 → 添加功能，选“中文（简体）补充字体”。统信、麒麟系统请信息化人员安装。',
}
