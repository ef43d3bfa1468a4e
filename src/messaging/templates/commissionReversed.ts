import { composeMoneyEmail } from '../email/composeMoneyEmail.ts'
import type { Fact } from '../email/emailParts.ts'
import { inLocale, moneyFormatter, type Translations } from '../locale.ts'
import { sharedTexts } from '../sharedTexts.ts'
import type { Template } from '../types.ts'

/** Does not name who was refunded: a friend's orders are private. `balanceMinor` may be below zero. */
type Data = {
  name?: string | null
  takenBackMinor: number
  balanceMinor: number
  currency: string
}
type Text = { subject: (amount: string) => string; event: string; note: string; takenBack: string }

const TEXTS: Translations<Text> = {
  en: {
    subject: (amount) => `${amount} commission was taken back`,
    event: 'An order of a friend you invited was refunded, in full or in part.',
    note: 'Commission is earned on what a friend keeps. If your balance is below zero, what you earn next brings it up again.',
    takenBack: 'Taken out of your wallet',
  },
  hi: {
    subject: (amount) => `${amount} कमीशन वापस लिया गया`,
    event: 'आपके बुलाए हुए एक दोस्त के ऑर्डर का पूरा या कुछ पैसा लौटाया गया।',
    note: 'कमीशन उसी पर मिलता है जो दोस्त रखता है। बैलेंस शून्य से नीचे हो, तो अगली कमाई से पहले वह पूरा होता है।',
    takenBack: 'आपके वॉलेट से वापस लिया गया',
  },
}

export const commissionReversed: Template<Data> = {
  name: 'commission-reversed',
  category: 'commissions',
  lane: 'bulk',
  sample: { name: 'Asha Rao', takenBackMinor: 25_000, balanceMinor: -4_500, currency: 'INR' },

  email: ({ balanceMinor, currency, name, takenBackMinor }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const money = moneyFormatter(currency, context.locale)
    const facts: Fact[] = [
      [texts.takenBack, money(takenBackMinor)],
      [sharedTexts(context.locale).newBalance, money(balanceMinor)],
    ]
    const subject = texts.subject(money(takenBackMinor))
    const { event, note } = texts
    return composeMoneyEmail(
      { category: 'commissions', name, subject, event, facts, note },
      context,
    )
  },
}
