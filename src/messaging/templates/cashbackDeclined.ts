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
import type { Template } from '../types.ts'

/** `takenBackMinor` is the credited amount that is taken back; zero if none was credited. */
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

const TEXTS: Translations<Text> = {
  en: {
    subject: (merchant) => `No cashback for an order at ${merchant}`,
    declined: (merchant) => `${merchant} did not confirm your order.`,
    why: 'Merchants decline orders that were cancelled or returned, or that broke their terms. If this is a mistake, write to us with your order number.',
    amount: 'Cashback',
    takenBack: 'Taken out of your wallet',
    merchant: 'Merchant',
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
    const texts = inLocale(TEXTS, context.locale)
    const shared = sharedTexts(context.locale)
    const money = moneyFormatter(currency, context.locale)
    const hello = greet(name, context.locale)
    const declined = texts.declined(merchant)
    const rows: Fact[] = [
      [texts.amount, money(amountMinor)],
      [texts.merchant, merchant],
      ...(takenBackMinor > 0 ? [[texts.takenBack, money(takenBackMinor)] as Fact] : []),
    ]
    const url = context.link(memberPages.wallet())
    return composeEmail({
      subject: texts.subject(merchant),
      preheader: declined,
      body: [
        heading(texts.subject(merchant)),
        paragraph(hello),
        paragraph(declined),
        emailFacts(rows),
        paragraph(texts.why),
        emailButton({ label: shared.viewWallet, url }),
      ],
      text: [
        hello,
        '',
        declined,
        '',
        ...factLines(rows),
        '',
        texts.why,
        '',
        `${shared.viewWallet}:`,
        url,
      ],
      category: 'cashback',
      context,
    })
  },
}
