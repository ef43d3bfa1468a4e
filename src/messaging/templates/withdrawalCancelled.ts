import { composeMoneyEmail } from '../email/composeMoneyEmail.ts'
import { inLocale, moneyFormatter, type Translations } from '../locale.ts'
import { smsAmount, smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'
import { withdrawalTexts } from '../withdrawalTexts.ts'

/** `grossMinor`, which includes fee and deduction, is back in the wallet. */
type Data = {
  name?: string | null
  reference: string
  grossMinor: number
  currency: string
}
type Text = { subject: (amount: string) => string; event: string; notYou: string }

const TEXTS: Translations<Text> = {
  en: {
    subject: (amount) => `Your withdrawal of ${amount} is cancelled`,
    event: 'You cancelled this withdrawal. The full amount is back in your wallet.',
    notYou: 'If you did not cancel it, change your password and contact us at once.',
  },
  hi: {
    subject: (amount) => `${amount} की आपकी निकासी रद्द हो गई`,
    event: 'आपने यह निकासी रद्द कर दी। पूरी राशि आपके वॉलेट में वापस आ गई है।',
    notYou: 'अगर आपने इसे रद्द नहीं किया था, तो अपना पासवर्ड बदलें और हमें तुरंत बताएँ।',
  },
}

export const withdrawalCancelled: Template<Data> = {
  name: 'withdrawal-cancelled',
  category: 'withdrawals',
  lane: 'money',
  sample: {
    name: 'Asha Rao',
    reference: 'W-7K3M9Q2PXA',
    grossMinor: 500_000,
    currency: 'INR',
  },

  email: ({ name, reference, grossMinor, currency }, context) => {
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
        ],
      },
      context,
    )
  },

  ...smsText<Data>({
    texts: {
      en: 'Withdrawal of Rs.{amount} is cancelled. The amount is back in your wallet. - {brand}',
      hi: 'रु.{amount} की निकासी रद्द हो गई। राशि आपके वॉलेट में वापस आ गई है। - {brand}',
    },
    variables: ({ grossMinor, currency }) => ({ amount: smsAmount(grossMinor, currency) }),
    currencyOf: ({ currency }) => currency,
  }),
}
