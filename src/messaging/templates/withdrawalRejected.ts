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
type Text = { subject: (amount: string) => string; event: string; note: string }

const TEXTS: Translations<Text> = {
  en: {
    subject: (amount) => `Your withdrawal of ${amount} was rejected`,
    event: 'We did not approve this withdrawal. The full amount is back in your wallet.',
    note: 'If you have a question, write to us with the reference.',
  },
  hi: {
    subject: (amount) => `${amount} की आपकी निकासी अस्वीकार हुई`,
    event: 'हमने यह निकासी मंज़ूर नहीं की। पूरी राशि आपके वॉलेट में वापस आ गई है।',
    note: 'कोई सवाल हो, तो संदर्भ संख्या के साथ हमें लिखें।',
  },
}

export const withdrawalRejected: Template<Data> = {
  name: 'withdrawal-rejected',
  category: 'withdrawals',
  lane: 'money',
  sample: {
    name: 'Asha Rao',
    reference: 'W-7K3M9Q2PXA',
    grossMinor: 500_000,
    currency: 'INR',
    reason: 'The name on the account is not your name.',
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
      en: 'Withdrawal of Rs.{amount} was rejected. The amount is back in your wallet. - {brand}',
      hi: 'रु.{amount} की निकासी अस्वीकार हुई। राशि आपके वॉलेट में वापस आ गई है। - {brand}',
    },
    variables: ({ grossMinor, currency }) => ({ amount: smsAmount(grossMinor, currency) }),
    currencyOf: ({ currency }) => currency,
  }),
}
