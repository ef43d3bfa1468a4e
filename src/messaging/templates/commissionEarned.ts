import { composeEmail } from '../composeEmail.ts'
import { emailButton } from '../emailButton.ts'
import { emailFacts, type Fact, factLines } from '../emailFacts.ts'
import { heading, paragraph } from '../emailParts.ts'
import { inLocale, type Words } from '../inLocale.ts'
import { memberPages } from '../memberPages.ts'
import { moneyIn } from '../moneyIn.ts'
import { greetingOf, sharedWords } from '../sharedWords.ts'
import { smsAmount, smsText } from '../smsText.ts'
import { type Template } from '../types.ts'

/** Says nothing of who paid: a friend's orders are the friend's own business. */
type Data = {
  name?: string | null
  amountMinor: number
  balanceMinor: number
  currency: string
}
type Text = { subject: (amount: string) => string; earned: string; amount: string }

const WORDS: Words<Text> = {
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
    const words = inLocale(WORDS, context.locale)
    const shared = sharedWords(context.locale)
    const money = moneyIn(currency, context.locale)
    const subject = words.subject(money(amountMinor))
    const hello = greetingOf(name, context.locale)
    const rows: Fact[] = [
      [words.amount, money(amountMinor)],
      [shared.newBalance, money(balanceMinor)],
    ]
    const url = context.link(memberPages.wallet())
    return composeEmail({
      subject,
      preheader: `${shared.newBalance}: ${money(balanceMinor)}`,
      body: [
        heading(subject),
        paragraph(hello),
        paragraph(words.earned),
        emailFacts(rows),
        emailButton({ label: shared.viewWallet, url }),
      ],
      text: [hello, '', words.earned, '', ...factLines(rows), '', `${shared.viewWallet}:`, url],
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
