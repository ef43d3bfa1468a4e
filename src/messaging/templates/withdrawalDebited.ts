import { composeMoneyEmail } from '../email/composeMoneyEmail.ts'
import { inLocale, moneyFormatter, type Translations } from '../locale.ts'
import { smsAmount, smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'
import { type Explanation, explanationFacts, withdrawalTexts } from '../withdrawalTexts.ts'

/** A payment was found to have arrived after `grossMinor` had gone back to the wallet. */
type Data = Explanation & {
  name?: string | null
  reference: string
  grossMinor: number
  currency: string
}
type Text = { subject: (amount: string) => string; event: string; note: string }

const TEXTS: Translations<Text> = {
  en: {
    subject: (amount) => `${amount} was taken out of your wallet`,
    event: 'Your withdrawal was paid, although we had returned its amount to your wallet.',
    note: 'We have therefore taken the amount out of your wallet again. If the payment did not arrive, contact us.',
  },
  hi: {
    subject: (amount) => `${amount} आपके वॉलेट से वापस लिए गए`,
    event: 'आपकी निकासी का भुगतान हो गया था, हालाँकि हमने उसकी राशि आपके वॉलेट में लौटा दी थी।',
    note: 'इसलिए हमने राशि आपके वॉलेट से वापस ले ली है। अगर भुगतान आपको नहीं मिला, तो हमें बताएँ।',
  },
}

export const withdrawalDebited: Template<Data> = {
  name: 'withdrawal-debited',
  category: 'withdrawals',
  lane: 'money',
  sample: {
    name: 'Asha Rao',
    reference: 'W-7K3M9Q2PXA',
    grossMinor: 500_000,
    currency: 'INR',
    reason: 'The bank confirmed the payment of 17 November.',
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
          [labels.debited, amount],
          ...explanationFacts(explanation, context.locale),
        ],
      },
      context,
    )
  },

  ...smsText<Data>({
    texts: {
      en: 'Rs.{amount} was taken out of your wallet, because your withdrawal had been paid. - {brand}',
      hi: 'रु.{amount} आपके वॉलेट से वापस लिए गए, क्योंकि निकासी का भुगतान हो चुका था। - {brand}',
    },
    variables: ({ grossMinor, currency }) => ({ amount: smsAmount(grossMinor, currency) }),
    currencyOf: ({ currency }) => currency,
  }),
}
