/** templates.*, sentences.*: the offices' own papers and 句库. */
import { listSentences, removeSentence, resetSentences, saveSentence } from '../services/letters/sentences.ts'
import { activateTemplate, checkUpload, listPlaces, listTemplates, resetTemplate, templateFile, trialTemplate, uploadTemplate } from '../services/letters/templates.ts'
import type { HandlersOf } from './types.ts'

export const templateHandlers: HandlersOf<'templates' | 'sentences'> = {
  'sentences.list': (input, context) => listSentences(input, context),
  'sentences.save': (input, context) => saveSentence(input, context),
  'sentences.remove': (input, context) => removeSentence(input, context),
  'sentences.reset': (_input, context) => resetSentences(context),
  'templates.list': (_input, context) => listTemplates(context),
  'templates.places': (input) => listPlaces(input),
  'templates.check': (input, context) => checkUpload(input, context),
  'templates.upload': (input, context) => uploadTemplate(input, context),
  'templates.trial': (input, context) => trialTemplate(input, context),
  'templates.file': (input, context) => templateFile(input, context),
  'templates.activate': (input, context) => activateTemplate(input, context),
  'templates.reset': (input, context) => resetTemplate(input, context),
}
