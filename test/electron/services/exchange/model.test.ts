/** The first half of the model's runs (test/host/exchange-model.ts says what is played). */
import { modelTest } from '../../../host/model-test.ts'

modelTest(0)
