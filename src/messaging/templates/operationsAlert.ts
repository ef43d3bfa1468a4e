import { composeEmail } from '../email/composeEmail.ts'
import { emailButton, heading, paragraph } from '../email/emailParts.ts'
import { inLocale, type Translations } from '../locale.ts'
import { greet } from '../sharedTexts.ts'
import type { Template } from '../types.ts'

/** What an operator has to look at. */
export type AlertKind =
  | 'dead-letters'
  | 'holds-overdue'
  | 'paid-late'
  | 'payouts-in-doubt'
  | 'verification-failed'
  | 'wallets-frozen'
  | 'withdrawals-waiting'

type Data = {
  name?: string | null
  kind: AlertKind
  /** How many there are. */
  count: number
  /** The page of the admin panel that lists them. */
  page: string
}
type Text = {
  subject: Record<AlertKind, string>
  said: Record<AlertKind, (count: number) => string>
  repeats: string
  open: string
}

const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`

const TEXTS: Translations<Text> = {
  en: {
    subject: {
      'dead-letters': 'Messages were not delivered',
      'holds-overdue': 'Withdrawals are on hold past their date',
      'paid-late': 'Payouts were paid after their money went back',
      'payouts-in-doubt': 'Payouts are in doubt',
      'verification-failed': 'The books or their seals do not match',
      'wallets-frozen': 'Wallets are frozen',
      'withdrawals-waiting': 'Withdrawals wait for approval',
    },
    said: {
      'dead-letters': (count) =>
        `${counted(count, 'message', 'messages')} could not be delivered. Retry or discard them.`,
      'holds-overdue': (count) =>
        `${counted(count, 'withdrawal is', 'withdrawals are')} on hold although the date of the hold has passed.`,
      'paid-late': (count) =>
        `The provider reports that ${counted(count, 'payout', 'payouts')} arrived although the money went back to the member. A person has to answer.`,
      'payouts-in-doubt': (count) =>
        `${counted(count, 'payout is', 'payouts are')} in doubt for more than a day. Ask the provider what became of them.`,
      'verification-failed': () =>
        'The last verification of wallets and sealed days failed. See its run for the first problem.',
      'wallets-frozen': (count) =>
        `${counted(count, 'wallet does', 'wallets do')} not add up and cannot pay out.`,
      'withdrawals-waiting': (count) =>
        `${counted(count, 'withdrawal waits', 'withdrawals wait')} for approval for too long.`,
    },
    repeats: 'You get this message once a day while it lasts.',
    open: 'Open the list',
  },
  hi: {
    subject: {
      'dead-letters': 'कुछ संदेश नहीं पहुँचे',
      'holds-overdue': 'कुछ निकासी तारीख के बाद भी रुकी हैं',
      'paid-late': 'पैसा लौटने के बाद कुछ भुगतान पहुँच गए',
      'payouts-in-doubt': 'कुछ भुगतान अनिश्चित हैं',
      'verification-failed': 'बही या उसकी मुहर मेल नहीं खाती',
      'wallets-frozen': 'कुछ वॉलेट रोक दिए गए हैं',
      'withdrawals-waiting': 'कुछ निकासी मंज़ूरी की प्रतीक्षा में हैं',
    },
    said: {
      'dead-letters': (count) => `न पहुँचे संदेश: ${count}। उन्हें फिर से भेजें या हटा दें।`,
      'holds-overdue': (count) => `रोक की तारीख बीतने के बाद भी रुकी निकासी: ${count}।`,
      'paid-late': (count) =>
        `प्रदाता के अनुसार पैसा सदस्य को लौटने के बाद भी पहुँचे भुगतान: ${count}। किसी व्यक्ति को उत्तर देना है।`,
      'payouts-in-doubt': (count) =>
        `एक दिन से ज़्यादा समय से अनिश्चित भुगतान: ${count}। प्रदाता से पूछें कि उनका क्या हुआ।`,
      'verification-failed': () =>
        'वॉलेट और मुहरबंद दिनों की पिछली जाँच असफल रही। पहली समस्या उसके रन में देखें।',
      'wallets-frozen': (count) => `मेल न खाने वाले वॉलेट, जिनसे भुगतान नहीं हो सकता: ${count}।`,
      'withdrawals-waiting': (count) => `बहुत समय से मंज़ूरी की प्रतीक्षा में निकासी: ${count}।`,
    },
    repeats: 'जब तक यह बना रहता है, आपको यह संदेश दिन में एक बार मिलेगा।',
    open: 'सूची खोलें',
  },
}

/** To admins: something waits that a person has to look at. */
export const operationsAlert: Template<Data> = {
  name: 'operations-alert',
  category: 'account',
  lane: 'bulk',
  sample: {
    name: 'Asha Rao',
    kind: 'withdrawals-waiting',
    count: 4,
    page: 'https://rewards.example.in/admin/collections/withdrawals',
  },

  email: ({ count, kind, name, page }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const hello = greet(name, context.locale)
    const said = texts.said[kind](count)
    return composeEmail({
      subject: texts.subject[kind],
      preheader: said,
      body: [
        heading(texts.subject[kind]),
        paragraph(hello),
        paragraph(said),
        emailButton({ label: texts.open, url: page }),
        paragraph(texts.repeats),
      ],
      text: [hello, '', said, '', `${texts.open}: ${page}`, '', texts.repeats],
      category: 'account',
      context,
    })
  },
}
