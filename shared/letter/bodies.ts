/** The bodies of the five types of letter. One fact reads as flowing paragraphs; several are listed under headings. */
import type { ClarificationContent, InterviewContent, LetterContent, ReminderContent, SupervisionContent, YellowCardContent } from './content.ts'
import { chineseDate, chineseTime } from './dates.ts'
import type { BodyBlock } from './layout-types.ts'
import { factItems, flowing, joinNames, numberedSections, paragraph, plain, sentence } from './parts.ts'
import type { Section } from './parts.ts'
import {
  cardTexts, clarificationTexts, closings, defaultDemands, demandTexts, frameTexts, headings, interviewTexts, openings, rightTexts, titles, typeNames,
} from './sentences.ts'

/** The title of the type, or the one given. */
export function letterTitle(content: LetterContent): string {
  if (content.title !== null) return content.title
  switch (content.type) {
    case 'reminder': return titles.reminder(content.matter)
    case 'supervision': return titles.supervision(content.matter)
    case 'interview': return titles.interview(content.matter)
    case 'yellowCard': return titles.yellowCard(content.addressee.unit)
    case 'clarification': return titles.clarification(content.original.number, typeNames[content.original.type])
    default: return content satisfies never
  }
}

export function letterBody(content: LetterContent): readonly BodyBlock[] {
  switch (content.type) {
    case 'reminder': return reminderBody(content)
    case 'supervision': return supervisionBody(content)
    case 'interview': return interviewBody(content)
    case 'yellowCard': return yellowCardBody(content)
    case 'clarification': return clarificationBody(content)
    default: return content satisfies never
  }
}

function basisText(content: LetterContent): string {
  return joinNames(content.basis)
}

function demands(content: Exclude<LetterContent, ClarificationContent>): readonly string[] {
  return (content.demands.length > 0 ? content.demands : defaultDemands[content.type]).map(sentence)
}

/** One fact: paragraphs one after the other, the sentences of a section in one paragraph. Several: numbered sections. */
function arrange(content: LetterContent, opening: string, sections: readonly Section[]): readonly BodyBlock[] {
  const middle = content.facts.length > 1
    ? numberedSections(sections)
    : sections.filter((section) => section.items.length > 0).flatMap((section) =>
        section.items.every((item) => item.lead === '') ? [paragraph(section.items.map((item) => item.text).join(''))] : section.items.map(flowing))
  return [paragraph(opening), ...middle, paragraph(closings[content.type])]
}

function reminderBody(content: ReminderContent): readonly BodyBlock[] {
  const reply = content.replyDue === null ? [] : [demandTexts.reply(chineseDate(content.replyDue), content.organ.sign)]
  return arrange(content, openings.reminder(basisText(content), content.matter), [
    { heading: headings.facts, items: factItems(content.facts, content.matter) },
    { heading: headings.demands, items: [...demands(content), ...reply].map(plain) },
    { heading: headings.rights, items: [plain(rightTexts.letter(content.reviewDays))] },
  ])
}

function supervisionBody(content: SupervisionContent): readonly BodyBlock[] {
  const report = content.replyDue === null ? [] : [demandTexts.report(chineseDate(content.replyDue), content.organ.sign, content.reportForm)]
  const opening = content.overdue ? openings.urge : openings.supervision
  return arrange(content, opening(basisText(content), content.matter), [
    { heading: headings.tasks, items: factItems(content.facts, content.matter) },
    { heading: headings.handling, items: [...demands(content), ...report].map(plain) },
    { heading: headings.rights, items: [plain(rightTexts.letter(content.reviewDays))] },
  ])
}

/** A notice of interview is read for its time and place: always in numbered sections. */
function interviewBody(content: InterviewContent): readonly BodyBlock[] {
  const { time, place, talkers, bring } = content.interview
  const reply = content.replyDue === null ? [] : [demandTexts.reply(chineseDate(content.replyDue), content.organ.sign)]
  return [
    paragraph(openings.interview(basisText(content), content.matter)),
    ...numberedSections([
      { heading: headings.cause, items: factItems(content.facts, content.matter) },
      {
        heading: headings.arrangement,
        items: [
          plain(sentence(`${interviewTexts.time}${chineseTime(time)}`)),
          plain(sentence(`${interviewTexts.place}${place}`)),
          plain(sentence(`${interviewTexts.talkers}${joinNames(talkers)}`)),
          plain(sentence(`${interviewTexts.bring}${bring.length > 0 ? joinNames(bring) : interviewTexts.noMaterial}`)),
        ],
      },
      { heading: headings.demands, items: [...demands(content), ...reply].map(plain) },
      { heading: headings.rights, items: [plain(`${interviewTexts.heard}${rightTexts.notice(content.reviewDays)}`)] },
    ]),
    paragraph(closings.interview),
  ]
}

function yellowCardBody(content: YellowCardContent): readonly BodyBlock[] {
  const { card } = content
  const extra = [
    ...(card.interviewee === null ? [] : [demandTexts.interviewee(card.interviewee)]),
    ...(content.replyDue === null ? [] : [demandTexts.rectification(chineseDate(content.replyDue), content.organ.sign)]),
  ]
  return [
    paragraph(openings.yellowCard(basisText(content), cardResult(card))),
    ...numberedSections([
      { heading: headings.facts, items: factItems(content.facts, content.matter) },
      { heading: headings.term, items: [plain(cardTexts.term(chineseDate(card.from), chineseDate(card.to)))] },
      { heading: headings.demands, items: [...demands(content), ...extra].map(plain) },
      { heading: headings.rights, items: [plain(rightTexts.notice(content.reviewDays))] },
    ]),
    paragraph(closings.yellowCard),
  ]
}

function cardResult({ year, group, rank, grade }: YellowCardContent['card']): string {
  if (rank !== null && grade !== null) return cardTexts.rankAndGrade(year, group, rank, grade)
  if (rank !== null) return cardTexts.rank(year, group, rank)
  return cardTexts.grade(year, group, grade ?? '')
}

function clarificationBody(content: ClarificationContent): readonly BodyBlock[] {
  const { original } = content
  const found = [sentence(content.finding), ...content.demands.map(sentence)].join('')
  const basis = content.basis.length === 0 ? '' : `根据${basisText(content)}${frameTexts.comma}`
  return [
    paragraph(openings.clarification(chineseDate(original.date), typeNames[original.type], original.title, original.number)),
    paragraph(`${basis}${found}`),
    ...factItems(content.facts, content.matter).map(flowing),
    paragraph(clarificationTexts.void),
    paragraph(clarificationTexts.kept),
    paragraph(closings.clarification),
  ]
}
