import { composeEmail } from '../composeEmail.ts'
import { emailButton } from '../emailButton.ts'
import { emailFacts, type Fact, factLines } from '../emailFacts.ts'
import { heading, paragraph } from '../emailParts.ts'
import { inLocale, type Words } from '../inLocale.ts'
import { memberPages } from '../memberPages.ts'
import { moneyIn } from '../moneyIn.ts'
import { greetingOf, sharedWords } from '../sharedWords.ts'
import { type Template } from '../types.ts'

type Data = { name?: string | null; merchant: string; amountMinor: number; currency: string }
type Text = {
  subject: (merchant: string) => string
  tracked: (merchant: string) => string
  later: string
  amount: string
  merchant: string
}

const WORDS: Words<Text> = {
  en: {
    subject: (merchant) => `We see your order at ${merchant}`,
    tracked: (merchant) => `${merchant} has told us of your order. Your cashback is pending.`,
    later: 'It goes to your wallet once the shop has confirmed the order, often after weeks.',
    amount: 'Expected cashback',
    merchant: 'Shop',
  },
  hi: {
    subject: (merchant) => `${merchant} पर आपका ऑर्डर हमें मिल गया है`,
    tracked: (merchant) => `${merchant} ने हमें आपके ऑर्डर की जानकारी दी है। आपका कैशबैक लंबित है।`,
    later: 'दुकान के ऑर्डर की पुष्टि करने पर, अक्सर कुछ हफ़्तों में, यह आपके वॉलेट में आ जाएगा।',
    amount: 'संभावित कैशबैक',
    merchant: 'दुकान',
  },
}

export const cashbackTracked: Template<Data> = {
  name: 'cashback-tracked',
  category: 'cashback',
  lane: 'bulk',
  sample: { name: 'Asha Rao', merchant: 'Corner & Co', amountMinor: 12_550, currency: 'INR' },

  email: ({ name, merchant, amountMinor, currency }, context) => {
    const words = inLocale(WORDS, context.locale)
    const shared = sharedWords(context.locale)
    const hello = greetingOf(name, context.locale)
    const tracked = words.tracked(merchant)
    const rows: Fact[] = [
      [words.amount, moneyIn(currency, context.locale)(amountMinor)],
      [words.merchant, merchant],
    ]
    const url = context.link(memberPages.wallet())
    return composeEmail({
      subject: words.subject(merchant),
      preheader: words.later,
      body: [
        heading(words.subject(merchant)),
        paragraph(hello),
        paragraph(tracked),
        emailFacts(rows),
        paragraph(words.later),
        emailButton({ label: shared.viewWallet, url }),
      ],
      text: [
        hello,
        '',
        tracked,
        '',
        ...factLines(rows),
        '',
        words.later,
        '',
        `${shared.viewWallet}:`,
        url,
      ],
      category: 'cashback',
      context,
    })
  },
}
