/** Words of 句库, of the offices' own templates, and of what is put into a draft. */
export const insertText = { bar: '插入', figures: '数据', sentences: '句库', parts: { fact: '事实', basis: '依据', demand: '要求' } as const, ownTemplate: '本函用本单位模板，下面只供核对文字；版式、页数以 Word/WPS 为准，打印请下载 Word 文件后用 Word 或 WPS 打开。' }

export const sentenceText = {
  intro: '起草时可直接插入的标准句。{姓名}、{单位}、{职务}、{事项}、{期次}、{文号} 会换成该函件记录里的原文。', add: '新增句子', edit: '修改句子', type: '适用类型', every: '各类函件', part: '用处', text: '句子', builtIn: '内置', changed: '已改', own: '自拟', reset: '恢复内置句库', resetAsk: '自拟和改过的句子都会删除，恢复为内置句库。', removed: '已删除', saved: '已保存', source: '来源',
}

export const templateText = {
  intro: '可用本单位的 Word 模板（.docx）代替内置版式。把下列填写处复制到模板里，签发时自动换成函件的内容；已签发的函件始终用签发时的那一版。', type: '函件类型', upload: '上传模板', note: '说明', version: (n: number) => `第${n}版`, file: '文件', added: '上传', state: '状态', active: '使用中', idle: '未使用', missing: '文件未到', trial: '试打', download: '下载', activate: '启用', reset: '改回内置版式', builtIn: '现在用内置版式。',
  places: '填写处', place: '填写处', about: '含义', sample: '示例', needed: '必需', list: (name: string) => `放在 {#${name}} 和 {/${name}} 之间，可放在表格的一行里，自动按条数重复`, copied: (text: string) => `已复制 ${text}`, copy: '复制', none: '还没有上传过模板', checked: '模板没有问题，已保存。试打看过后点“启用”。', problems: '模板有问题，没有保存：',
  kinds: { unknown: '没有这个填写处', missing: '缺少', unclosed: '括号不成对', loop: '循环没有写成对，或填写处不在循环内', header: '页眉页脚、脚注里不能放填写处' } as const, activated: '已启用', resetDone: '已改回内置版式',
}
