import { composeMoneyEmail } from '../email/composeMoneyEmail.ts'
import type { Fact } from '../email/emailParts.ts'
import { formatInstant, inLocale, moneyFormatter, type Translations } from '../locale.ts'
import { smsAmount, smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'
import { type Explanation, explanationFacts, withdrawalTexts } from '../withdrawalTexts.ts'

/** `until` is the date by which the hold is decided or renewed. */
type Data = Explanation & {
  name?: string | null
  reference: string
  grossMinor: number
  currency: string
  /** Instant, ISO 8601. */
  until?: string | null
}
type Text = { subject: (amount: string) => string; event: string; note: string; until: string }

const TEXTS: Translations<Text> = {
  en: {
    subject: (amount) => `Your withdrawal of ${amount} is on hold`,
    event: 'This withdrawal is on hold, because we have to check it before we send the money.',
    note: 'You can wait, or cancel the withdrawal. If you cancel it, the amount goes back to your wallet.',
    until: 'Next update by',
  },
  hi: {
    subject: (amount) => `${amount} की आपकी निकासी रुकी हुई है`,
    event: 'यह निकासी रुकी हुई है, क्योंकि पैसे भेजने से पहले हमें इसकी जाँच करनी है।',
    note: 'आप इंतज़ार कर सकते हैं, या निकासी रद्द कर सकते हैं। रद्द करने पर राशि आपके वॉलेट में वापस आ जाएगी।',
    until: 'अगली सूचना कब तक',
  },
}

export const withdrawalOnHold: Template<Data> = {
  name: 'withdrawal-on-hold',
  category: 'withdrawals',
  lane: 'money',
  sample: {
    name: 'Asha Rao',
    reference: 'W-7K3M9Q2PXA',
    grossMinor: 500_000,
    currency: 'INR',
    reason: 'The name on the account differs from your name.',
    advice: 'Send us a bank statement with your name.',
    until: '2026-11-24T12:30:00.000Z',
  },

  email: ({ name, reference, grossMinor, currency, until, ...explanation }, context) => {
    const { subject, until: untilLabel, ...texts } = inLocale(TEXTS, context.locale)
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
          [labels.amount, amount],
          ...explanationFacts(explanation, context.locale),
          ...(until ? [[untilLabel, formatInstant(until, context)] as Fact] : []),
        ],
      },
      context,
    )
  },

  ...smsText<Data>({
    texts: {
      en: 'Withdrawal of Rs.{amount} is on hold. See the reason in your account. - {brand}',
      hi: 'रु.{amount} की निकासी रुकी हुई है। कारण अपने खाते में देखें। - {brand}',
    },
    variables: ({ grossMinor, currency }) => ({ amount: smsAmount(grossMinor, currency) }),
    currencyOf: ({ currency }) => currency,
  }),
}
