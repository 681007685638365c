/** Words of 谈话记录. */
export const minutesText = {
  action: '谈话记录', title: '登记谈话记录', blank: '谈话记录（空表）', paper: '谈话记录', saved: '谈话记录已保存', save: '保存', time: '谈话时间', from: '开始时间', to: '结束时间', place: '谈话地点', talkers: '谈话人', talkersHint: '多人用顿号隔开', recorder: '记录人',
  content: '谈话内容', contentHint: '一段一行。以“问：”开头的记为谈话人所问，以“答：”开头的记为谈话对象所答。', account: '本人陈述', accountHint: '一段一行；没有其他情况的留空。', pledge: '整改承诺', followUp: '后续跟踪日期',
  order: '结束时间应晚于开始时间。',
}
