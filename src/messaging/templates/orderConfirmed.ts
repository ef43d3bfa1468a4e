import { composeEmail } from '../composeEmail.ts'
import { emailButton } from '../emailButton.ts'
import { emailFacts, type Fact, factLines } from '../emailFacts.ts'
import { heading, paragraph } from '../emailParts.ts'
import { inLocale, type Words } from '../inLocale.ts'
import { memberPages } from '../memberPages.ts'
import { moneyIn } from '../moneyIn.ts'
import { greetingOf } from '../sharedWords.ts'
import { smsAmount, smsText } from '../smsText.ts'
import { type Template } from '../types.ts'

type Data = {
  name?: string | null
  orderNumber: string
  totalMinor: number
  currency: string
  itemCount: number
}
type Text = {
  subject: (number: string) => string
  thanks: (brand: string) => string
  number: string
  items: string
  total: string
  button: string
}

const WORDS: Words<Text> = {
  en: {
    subject: (number) => `Order ${number} confirmed`,
    thanks: (brand) => `Thank you for shopping with ${brand}. Your order is confirmed.`,
    number: 'Order number',
    items: 'Items',
    total: 'Total',
    button: 'View order',
  },
  hi: {
    subject: (number) => `ऑर्डर ${number} की पुष्टि हो गई`,
    thanks: (brand) => `${brand} से ख़रीदारी करने के लिए धन्यवाद। आपके ऑर्डर की पुष्टि हो गई है।`,
    number: 'ऑर्डर नंबर',
    items: 'आइटम',
    total: 'कुल राशि',
    button: 'ऑर्डर देखें',
  },
}

export const orderConfirmed: Template<Data> = {
  name: 'order-confirmed',
  category: 'orders',
  lane: 'money',
  sample: {
    name: 'Asha Rao',
    orderNumber: 'TR-10482',
    totalMinor: 1_249_900,
    currency: 'INR',
    itemCount: 3,
  },

  email: ({ name, orderNumber, totalMinor, currency, itemCount }, context) => {
    const words = inLocale(WORDS, context.locale)
    const subject = words.subject(orderNumber)
    const total = moneyIn(currency, context.locale)(totalMinor)
    const hello = greetingOf(name, context.locale)
    const thanks = words.thanks(context.brand)
    const rows: Fact[] = [
      [words.number, orderNumber],
      [words.items, String(itemCount)],
      [words.total, total],
    ]
    const url = context.link(memberPages.order(orderNumber))
    return composeEmail({
      subject,
      preheader: `${words.total}: ${total}`,
      body: [
        heading(subject),
        paragraph(hello),
        paragraph(thanks),
        emailFacts(rows),
        emailButton({ label: words.button, url }),
      ],
      text: [hello, '', thanks, '', ...factLines(rows), '', `${words.button}:`, url],
      category: 'orders',
      context,
    })
  },

  ...smsText<Data>({
    texts: {
      en: 'Order {order_number} confirmed! Amount: Rs.{amount}. Thank you for shopping with {brand}.',
      hi: 'ऑर्डर {order_number} की पुष्टि हो गई! राशि: रु.{amount}। - {brand}',
    },
    variables: ({ orderNumber, totalMinor, currency }) => ({
      order_number: orderNumber,
      amount: smsAmount(totalMinor, currency),
    }),
    currencyOf: ({ currency }) => currency,
  }),
}
