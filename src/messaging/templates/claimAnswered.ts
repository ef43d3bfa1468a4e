import { composeEmail } from '../email/composeEmail.ts'
import {
  emailButton,
  emailFacts,
  type Fact,
  factLines,
  heading,
  paragraph,
} from '../email/emailParts.ts'
import { inLocale, type Translations } from '../locale.ts'
import { memberPages } from '../memberPages.ts'
import { greet, sharedTexts } from '../sharedTexts.ts'
import type { Template } from '../types.ts'

/** `answer` is the text of a staff member; an accepted claim needs none. */
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

const TEXTS: Translations<Text> = {
  en: {
    subject: (merchant) => `Your claim for an order at ${merchant}`,
    accepted: 'We found your order, and its cashback is yours.',
    rejected: 'We could not match your order to a transaction that earns cashback.',
    answer: 'Our answer',
    order: 'Order',
    merchant: 'Merchant',
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
    answer: 'The merchant has cancelled this order.',
  },

  email: ({ answer, isAccepted, merchant, name, orderNumber }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const shared = sharedTexts(context.locale)
    const hello = greet(name, context.locale)
    const decided = isAccepted ? texts.accepted : texts.rejected
    const rows: Fact[] = [
      [texts.order, orderNumber],
      [texts.merchant, merchant],
      ...(isAccepted ? [] : [[texts.answer, answer] as Fact]),
    ]
    const url = context.link(memberPages.wallet())
    return composeEmail({
      subject: texts.subject(merchant),
      preheader: decided,
      body: [
        heading(texts.subject(merchant)),
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
