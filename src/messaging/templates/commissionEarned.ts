import { composeEmail } from '../email/composeEmail.ts'
import {
  emailButton,
  emailFacts,
  type Fact,
  factLines,
  heading,
  paragraph,
} from '../email/emailParts.ts'
import { inLocale, moneyFormatter, type Translations } from '../locale.ts'
import { memberPages } from '../memberPages.ts'
import { greet, sharedTexts } from '../sharedTexts.ts'
import { smsAmount, smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'

/** Does not name who paid: a friend's orders are private. */
type Data = {
  name?: string | null
  amountMinor: number
  balanceMinor: number
  currency: string
}
type Text = { subject: (amount: string) => string; earned: string; amount: string }

const TEXTS: Translations<Text> = {
  en: {
    subject: (amount) => `You earned ${amount} commission`,
    earned: 'A friend you invited placed an order. Your commission is in your wallet.',
    amount: 'Commission',
  },
  hi: {
    subject: (amount) => `आपने ${amount} कमीशन कमाया`,
    earned: 'आपके बुलाए हुए एक दोस्त ने ऑर्डर किया। आपका कमीशन आपके वॉलेट में आ गया है।',
    amount: 'कमीशन',
  },
}

export const commissionEarned: Template<Data> = {
  name: 'commission-earned',
  category: 'commissions',
  lane: 'money',
  sample: { name: 'Asha Rao', amountMinor: 25_000, balanceMinor: 1_037_550, currency: 'INR' },

  email: ({ name, amountMinor, balanceMinor, currency }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const shared = sharedTexts(context.locale)
    const money = moneyFormatter(currency, context.locale)
    const subject = texts.subject(money(amountMinor))
    const hello = greet(name, context.locale)
    const rows: Fact[] = [
      [texts.amount, money(amountMinor)],
      [shared.newBalance, money(balanceMinor)],
    ]
    const url = context.link(memberPages.wallet())
    return composeEmail({
      subject,
      preheader: `${shared.newBalance}: ${money(balanceMinor)}`,
      body: [
        heading(subject),
        paragraph(hello),
        paragraph(texts.earned),
        emailFacts(rows),
        emailButton({ label: shared.viewWallet, url }),
      ],
      text: [hello, '', texts.earned, '', ...factLines(rows), '', `${shared.viewWallet}:`, url],
      category: 'commissions',
      context,
    })
  },

  ...smsText<Data>({
    texts: {
      en: "Rs.{amount} commission credited to your wallet from a friend's order. - {brand}",
      hi: 'दोस्त के ऑर्डर से रु.{amount} कमीशन आपके वॉलेट में जमा। - {brand}',
    },
    variables: ({ amountMinor, currency }) => ({ amount: smsAmount(amountMinor, currency) }),
    currencyOf: ({ currency }) => currency,
  }),
}
