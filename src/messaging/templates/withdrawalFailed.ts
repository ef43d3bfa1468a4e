import { composeMoneyEmail } from '../email/composeMoneyEmail.ts'
import { inLocale, moneyFormatter, type Translations } from '../locale.ts'
import { smsAmount, smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'
import { type Explanation, explanationFacts, withdrawalTexts } from '../withdrawalTexts.ts'

/** `grossMinor`, which includes fee and deduction, is back in the wallet. */
type Data = Explanation & {
  name?: string | null
  reference: string
  grossMinor: number
  currency: string
}
type Text = { subject: (amount: string) => string; event: string }

const TEXTS: Translations<Text> = {
  en: {
    subject: (amount) => `Your withdrawal of ${amount} failed`,
    event: 'The money could not be paid. The full amount is back in your wallet.',
  },
  hi: {
    subject: (amount) => `${amount} की आपकी निकासी नहीं हो पाई`,
    event: 'पैसे भेजे नहीं जा सके। पूरी राशि आपके वॉलेट में वापस आ गई है।',
  },
}

export const withdrawalFailed: Template<Data> = {
  name: 'withdrawal-failed',
  category: 'withdrawals',
  lane: 'money',
  sample: {
    name: 'Asha Rao',
    reference: 'W-7K3M9Q2PXA',
    grossMinor: 500_000,
    currency: 'INR',
    reason: 'The bank account is closed.',
    advice: 'Add another account and request the withdrawal again.',
  },

  email: ({ name, reference, grossMinor, currency, ...explanation }, context) => {
    const { subject, ...texts } = inLocale(TEXTS, context.locale)
    const labels = withdrawalTexts(context.locale)
    const amount = moneyFormatter(currency, context.locale)(grossMinor)
    return composeMoneyEmail(
      {
        ...texts,
        category: 'withdrawals',
        name,
        subject: subject(amount),
        facts: [
          [labels.reference, reference],
          [labels.returned, amount],
          ...explanationFacts(explanation, context.locale),
        ],
      },
      context,
    )
  },

  ...smsText<Data>({
    texts: {
      en: 'Withdrawal of Rs.{amount} failed. The amount is back in your wallet. - {brand}',
      hi: 'रु.{amount} की निकासी नहीं हो पाई। राशि आपके वॉलेट में वापस आ गई है। - {brand}',
    },
    variables: ({ grossMinor, currency }) => ({ amount: smsAmount(grossMinor, currency) }),
    currencyOf: ({ currency }) => currency,
  }),
}
