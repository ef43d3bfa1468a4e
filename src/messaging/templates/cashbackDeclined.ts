import { composeEmail } from '../composeEmail.ts'
import { emailButton } from '../emailButton.ts'
import { emailFacts, type Fact, factLines } from '../emailFacts.ts'
import { heading, paragraph } from '../emailParts.ts'
import { inLocale, type Words } from '../inLocale.ts'
import { memberPages } from '../memberPages.ts'
import { moneyIn } from '../moneyIn.ts'
import { greetingOf, sharedWords } from '../sharedWords.ts'
import { type Template } from '../types.ts'

/** `takenBackMinor` is what had been credited; zero where nothing was yet. */
type Data = {
  name?: string | null
  merchant: string
  amountMinor: number
  takenBackMinor: number
  currency: string
}
type Text = {
  subject: (merchant: string) => string
  declined: (merchant: string) => string
  why: string
  amount: string
  takenBack: string
  merchant: string
}

const WORDS: Words<Text> = {
  en: {
    subject: (merchant) => `No cashback for an order at ${merchant}`,
    declined: (merchant) => `${merchant} did not confirm your order.`,
    why: 'Shops decline orders that were cancelled or returned, or that broke their terms. If this is a mistake, write to us with your order number.',
    amount: 'Cashback',
    takenBack: 'Taken out of your wallet',
    merchant: 'Shop',
  },
  hi: {
    subject: (merchant) => `${merchant} पर एक ऑर्डर का कैशबैक नहीं मिला`,
    declined: (merchant) => `${merchant} ने आपके ऑर्डर की पुष्टि नहीं की।`,
    why: 'रद्द या वापस किए गए ऑर्डर, या जो दुकान की शर्तों के अनुसार नहीं हैं, उन्हें दुकान अस्वीकार कर देती है। अगर यह ग़लती है, तो अपने ऑर्डर नंबर के साथ हमें लिखें।',
    amount: 'कैशबैक',
    takenBack: 'आपके वॉलेट से वापस लिया गया',
    merchant: 'दुकान',
  },
}

export const cashbackDeclined: Template<Data> = {
  name: 'cashback-declined',
  category: 'cashback',
  lane: 'bulk',
  sample: {
    name: 'Asha Rao',
    merchant: 'Corner & Co',
    amountMinor: 12_550,
    takenBackMinor: 12_550,
    currency: 'INR',
  },

  email: ({ name, merchant, amountMinor, takenBackMinor, currency }, context) => {
    const words = inLocale(WORDS, context.locale)
    const shared = sharedWords(context.locale)
    const money = moneyIn(currency, context.locale)
    const hello = greetingOf(name, context.locale)
    const declined = words.declined(merchant)
    const rows: Fact[] = [
      [words.amount, money(amountMinor)],
      [words.merchant, merchant],
      ...(takenBackMinor > 0 ? [[words.takenBack, money(takenBackMinor)] as Fact] : []),
    ]
    const url = context.link(memberPages.wallet())
    return composeEmail({
      subject: words.subject(merchant),
      preheader: declined,
      body: [
        heading(words.subject(merchant)),
        paragraph(hello),
        paragraph(declined),
        emailFacts(rows),
        paragraph(words.why),
        emailButton({ label: shared.viewWallet, url }),
      ],
      text: [
        hello,
        '',
        declined,
        '',
        ...factLines(rows),
        '',
        words.why,
        '',
        `${shared.viewWallet}:`,
        url,
      ],
      category: 'cashback',
      context,
    })
  },
}
