import { composeEmail } from '../composeEmail.ts'
import { emailButton } from '../emailButton.ts'
import { emailFacts, type Fact, factLines } from '../emailFacts.ts'
import { heading, paragraph } from '../emailParts.ts'
import { inLocale, type Words } from '../inLocale.ts'
import { memberPages } from '../memberPages.ts'
import { greetingOf, sharedWords } from '../sharedWords.ts'
import { type Template } from '../types.ts'

/** `answer` is what a person of the staff wrote; an accepted claim says enough by itself. */
type Data = {
  name?: string | null
  merchant: string
  orderNumber: string
  isAccepted: boolean
  answer: string
}
type Text = {
  subject: (merchant: string) => string
  accepted: string
  rejected: string
  answer: string
  order: string
  merchant: string
}

const WORDS: Words<Text> = {
  en: {
    subject: (merchant) => `Your claim for an order at ${merchant}`,
    accepted: 'We found your order, and its cashback is yours.',
    rejected: 'We could not match your order to a sale that earns cashback.',
    answer: 'Our answer',
    order: 'Order',
    merchant: 'Shop',
  },
  hi: {
    subject: (merchant) => `${merchant} पर ऑर्डर के लिए आपका दावा`,
    accepted: 'हमें आपका ऑर्डर मिल गया है, और उसका कैशबैक आपका है।',
    rejected: 'हम आपके ऑर्डर को कैशबैक वाली किसी बिक्री से नहीं मिला पाए।',
    answer: 'हमारा उत्तर',
    order: 'ऑर्डर',
    merchant: 'दुकान',
  },
}

export const claimAnswered: Template<Data> = {
  name: 'claim-answered',
  category: 'cashback',
  lane: 'bulk',
  sample: {
    name: 'Asha Rao',
    merchant: 'Corner & Co',
    orderNumber: 'OD-118293',
    isAccepted: false,
    answer: 'The shop has cancelled this order.',
  },

  email: ({ answer, isAccepted, merchant, name, orderNumber }, context) => {
    const words = inLocale(WORDS, context.locale)
    const shared = sharedWords(context.locale)
    const hello = greetingOf(name, context.locale)
    const decided = isAccepted ? words.accepted : words.rejected
    const rows: Fact[] = [
      [words.order, orderNumber],
      [words.merchant, merchant],
      ...(isAccepted ? [] : [[words.answer, answer] as Fact]),
    ]
    const url = context.link(memberPages.wallet())
    return composeEmail({
      subject: words.subject(merchant),
      preheader: decided,
      body: [
        heading(words.subject(merchant)),
        paragraph(hello),
        paragraph(decided),
        emailFacts(rows),
        emailButton({ label: shared.viewWallet, url }),
      ],
      text: [hello, '', decided, '', ...factLines(rows), '', `${shared.viewWallet}:`, url],
      category: 'cashback',
      context,
    })
  },
}
